import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { RunFailure } from "#lib/runs/run-kind.ts";
import type { PeopleRead, Reading } from "./read-people.ts";

const nobodyFound =
  "The directory answered, but with no people at all. That is never taken for the truth: nobody was changed. Check the Base DN, the units, the inclusion rule, and what the User ID may read.";
const noAddresses =
  "The directory showed nobody's mail address any more. That is never taken for the truth: nobody was changed. Check that the User ID may read it, and which attribute it is taken from.";

/** A few may lose theirs all at once. */
const few = 3;

/** Ends the run where what was read to its end cannot be the truth. Throws RunFailure. */
export async function refuseUnbelievable({ run, span }: Reading, read: PeopleRead): Promise<void> {
  if (span !== "full") return;
  if (read.met === 0) throw new RunFailure(nobodyFound);
  if (read.addressed === 0 && (await hadAddresses(run))) throw new RunFailure(noAddresses);
}

async function hadAddresses({ accountId }: Reading["run"]): Promise<boolean> {
  const found = await withAccount({ accountId }, (tx) =>
    tx.execute(
      sql`select 1 from directory_entries where account_id = ${accountId} and email_norm is not null limit ${few}`,
    ),
  );
  return found.length === few;
}
