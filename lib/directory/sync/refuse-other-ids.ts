import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { otherJoins, wayFor } from "#lib/runs/joins.ts";
import { RunFailure } from "#lib/runs/run-kind.ts";
import { lookUp } from "./look-up.ts";
import type { PeopleRead, Reading } from "./read-people.ts";

/** More need not be asked about once that is enough. */
const atOnce = 500;

const sentence = (people: string) =>
  `${people} people who are here are in the directory under other ids, with the addresses that they have. That happens where a directory was restored or built anew, and they would all be taken for gone, and for somebody new. Nobody was changed. If it was, an operator has them found by their addresses again: npm run rollcall -- forget-directory-ids`;

/**
 * Ends the run where an entry that nobody is known by has the address of somebody whose own entry is gone, and there are more
 * such people than may be a few who were hired again. Throws RunFailure, DirectoryFailure.
 */
export async function refuseOtherIds(reading: Reading, { lines }: PeopleRead): Promise<void> {
  const { known, holders } = await holdersOf(reading, lines);
  const bearable = Math.max(2, Math.min(10, Math.floor(known / 5)));
  if (holders.length <= bearable) return;
  let gone = 0;
  for (let at = 0; at < holders.length; at += atOnce) {
    const part = holders.slice(at, at + atOnce);
    const found = await lookUp(reading, part);
    gone += part.filter((id) => !found.has(id)).length;
    if (gone > bearable)
      throw new RunFailure(sentence(at + atOnce < holders.length ? `At least ${gone}` : `${gone}`));
  }
}

/** Ids of people whose address a line has that is not them, and who are no line themselves. Who is suspended has nothing to lose. */
const holdersOf = ({ run }: Reading, lines: number): Promise<{ known: number; holders: string[] }> =>
  withAccount(run, async (tx) => {
    if (lines === 0) return { known: 0, holders: [] };
    const isHere = sql`u.external_id is not null and u.status not in ('suspended', 'deleted')`;
    for (const setting of otherJoins(wayFor(lines), "off")) await tx.execute(setting);
    const rows = await tx.execute<{ id: string }>(sql`
      select distinct u.external_id as id from run_rows r
      join users u on u.account_id = r.account_id and u.email_norm = r.email_norm
      left join users own on own.account_id = r.account_id and own.external_id = r.external_id
      left join run_rows line on line.account_id = u.account_id and line.run_id = r.run_id and line.external_id = u.external_id
      where r.account_id = ${run.accountId} and r.run_id = ${run.id} and r.asked = 'present' and own.id is null
        and ${isHere} and u.external_id <> r.external_id and line.run_id is null`);
    if (rows.length === 0) return { known: 0, holders: [] };
    const [people] = await tx.execute<{ known: number }>(
      sql`select count(*)::int as known from users u where u.account_id = ${run.accountId} and ${isHere}`,
    );
    return { known: people?.known ?? 0, holders: [...rows].map(({ id }) => id) };
  });
