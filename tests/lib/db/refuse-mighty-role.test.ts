import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "#bin/local/free-port.ts";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { refuseMightyRole } from "#lib/db/refuse-mighty-role.ts";
import { SettingsError } from "#lib/env/settings.ts";
import type { CopiedDatabase } from "#tests/support/copy-template.ts";
import { testDatabase } from "#tests/support/test-database.ts";

let database: CopiedDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(() => database.drop());

async function refusal(url: string): Promise<string | null> {
  openDatabase(url, { max: 1 });
  try {
    return await refuseMightyRole("DATABASE_URL").then(
      () => null,
      (error: unknown) => (error instanceof SettingsError ? error.message : Promise.reject(error)),
    );
  } finally {
    await closeDatabase();
  }
}

test("the roles that migrations make may start", async () => {
  expect([await refusal(database.appUrl), await refusal(database.workerUrl)]).toEqual([null, null]);
});

test("a role that sees every account may not", async () => {
  expect(await refusal(database.superUrl)).toContain("DATABASE_URL signs in as postgres, who sees the rows");
  expect(await refusal(database.ownerUrl)).toContain("DATABASE_URL signs in as rollcall_owner, who sees");
});

test("a database that does not answer, or does not know the password, is told", async () => {
  const wrong = new URL(database.appUrl);
  wrong.password = "wrong";
  expect(await refusal(wrong.href)).toContain('password authentication failed for user "rollcall_app"');
  const nobody = new URL(database.appUrl);
  nobody.port = String(await freePort());
  expect(await refusal(nobody.href)).toMatch(/DATABASE_URL: .*ECONNREFUSED/);
});
