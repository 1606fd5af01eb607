import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { withAccount } from "#lib/db/with-account.ts";
import { decideLines } from "#lib/directory/sync/plan-sync.ts";
import { openRoster } from "#tests/lib/runs/roster-run.ts";

const people = 5_000;

/** Looked for line by line, the holders of so many addresses took half a minute. */
test(`${people} lines whose address somebody else holds are decided at once`, async () => {
  const roster = await openRoster();
  try {
    const { acme, sql: root } = roster;
    const id = randomUUID();
    await root`insert into users (account_id, email, status, source, external_id)
      select ${acme.id}, 'p' || n || '@acme.test', 'active', 'directory', 'old-' || n from generate_series(1, ${people}) n`;
    await root`insert into run_rows (account_id, run_id, position, line, email, asked, external_id, dn)
      select ${acme.id}, ${id}, n, n, 'p' || n || '@acme.test', 'present', 'new-' || n, 'uid=p' || n from generate_series(1, ${people}) n`;
    await root`analyze users`;
    await root`analyze run_rows`;
    const run = { accountId: acme.id, id, options: {} };
    const verdicts = await roster.as("worker", () =>
      withAccount(run, async (tx) => {
        await tx.execute(sql`set local statement_timeout = '10s'`);
        return tx.execute(sql`
          select verdict, count(*)::int as n from (${decideLines(run, sql`run_rows`)} where r.run_id = ${id}) d group by 1`);
      }),
    );
    expect([...verdicts]).toEqual([{ verdict: "create_without", n: people }]);
  } finally {
    await roster.end();
  }
});
