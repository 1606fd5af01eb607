import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withAccount } from "#lib/db/with-account.ts";
import { mailShown } from "#lib/runs/report/entry-columns.ts";
import { openRoster, type Roster } from "./roster-run.ts";

let roster: Roster;

beforeAll(async () => {
  roster = await openRoster();
  await roster.import(
    Array.from({ length: 2_000 }, (_, n) => ({ email: roster.address(`m${n}`), asked: "new" })),
  );
  await roster.sql`analyze emails, run_changes, run_entries`;
});

afterAll(() => roster.end());

test("under row-level security a line's mail is looked up by its key, not among all mails of the account", async () => {
  const plan = await roster.as("app", () =>
    withAccount(roster.actor, async (tx) => [
      ...(await tx.execute<Record<string, string>>(
        sql`explain select ${mailShown} from run_entries e limit 50`,
      )),
    ]),
  );
  const text = plan.map((row) => row["QUERY PLAN"]).join("\n");
  expect(text).toMatch(/Index Scan using emails_key_once.*\n.*Index Cond: .*\bkey = /);
});
