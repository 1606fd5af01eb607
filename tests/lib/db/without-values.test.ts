import { inspect } from "node:util";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accountLess } from "#lib/db/account-less.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";

const accountId = "0190a000-0000-7000-8000-000000000001";
let roles: Roles;

beforeAll(async () => {
  roles = await openRoles();
});

afterAll(() => roles.end());

const thrown = (work: () => Promise<unknown>) =>
  roles.as("worker", () =>
    work().then(
      () => null,
      (error: unknown) => error,
    ),
  );

test.each([
  ["a value that does not fit", sql`select ${"$& ada@acme.test"}::jsonb`, "22P02"],
  [
    "a row that breaks a rule",
    sql`insert into users (account_id, email, status, source) values (${accountId}, ${"ada@acme.test"}, 'here', 'import')`,
    "23514",
  ],
])("an error of %s names the query and the code, and holds nothing of the values", async (_, query, code) => {
  const error = await thrown(() => withAccount({ accountId }, (tx) => tx.execute(query)));
  expect(error).toMatchObject({ cause: { code } });
  const told = inspect(error, { depth: 9 });
  expect(told).toContain("Failed query: ");
  expect(told).toContain("without-values.test.ts");
  expect(told).not.toContain("ada@");
});

test("nor does one of a function that is asked before an account is known", async () => {
  const error = await thrown(() => accountLess.ssoConnection("ada@acme.test"));
  expect(inspect(error)).toContain("gate_sso_connection($1)");
  expect((error as Error).stack).not.toContain("params");
});
