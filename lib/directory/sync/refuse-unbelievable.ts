import { type SQL, sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { RunFailure } from "#lib/runs/run-kind.ts";
import type { PeopleRead, Reading } from "./read-people.ts";

const nobodyFound =
  "The directory answered, but with no people at all. That is never taken for the truth: nobody was changed. Check the Base DN, the units, the inclusion rule, and what the User ID may read.";
const noAddresses =
  "The directory showed nobody's mail address any more. That is never taken for the truth: nobody was changed. Check that the User ID may read it, and which attribute it is taken from.";

/** Ends the run where what was read to its end cannot be the truth. Throws RunFailure. */
export async function refuseUnbelievable({ run, span }: Reading, read: PeopleRead): Promise<void> {
  if (span === "full" && read.met === 0) throw new RunFailure(nobodyFound);
  if (span === "full" && read.addressed === 0 && (await some(run, 3, sql`email_norm is not null`)))
    throw new RunFailure(noAddresses);
}

/** Whether the last snapshot has so many entries of which this holds: a few may change all at once. */
const some = async ({ accountId }: Reading["run"], many: number, which: SQL): Promise<boolean> => {
  const found = await withAccount({ accountId }, (tx) =>
    tx.execute(
      sql`select 1 from directory_entries where account_id = ${accountId} and ${which} limit ${many}`,
    ),
  );
  return found.length === many;
};
