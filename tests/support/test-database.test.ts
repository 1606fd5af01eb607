import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CopiedDatabase } from "./copy-template.ts";
import { testDatabase } from "./test-database.ts";

let database: CopiedDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(() => database.drop());

test("every process signs in as its own role, and none of them skips row-level security", async () => {
  const roles: Record<string, unknown>[] = [];
  for (const url of [database.ownerUrl, database.appUrl, database.workerUrl]) {
    const sql = postgres(url, { max: 1 });
    roles.push(
      ...(await sql`select rolname, rolsuper, rolbypassrls from pg_roles where rolname = current_user`),
    );
    await sql.end();
  }
  expect(roles).toEqual([
    { rolname: "rollcall_owner", rolsuper: false, rolbypassrls: false },
    { rolname: "rollcall_app", rolsuper: false, rolbypassrls: false },
    { rolname: "rollcall_worker", rolsuper: false, rolbypassrls: false },
  ]);
});

test("a copy has the migrated tables and nobody in them", async () => {
  const sql = postgres(database.superUrl, { max: 1 });
  const [row] = await sql`select count(*)::int as people from users`;
  await sql.end();
  expect(row).toEqual({ people: 0 });
});
