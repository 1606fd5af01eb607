import { sql as query } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, type Database } from "#lib/db/connect.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";

let roles: Roles;
let database: Database;

beforeAll(async () => {
  roles = await openRoles();
  database = connect(roles.database.appUrl, { max: 1 });
});

afterAll(async () => {
  await database.end();
  await roles.end();
});

const odd = ["", "null", "NULL", "a,b", "{c}", `"d"`, "e\\f", " g ", "h\ni", "日本", null];

test.each([
  ["text", odd],
  ["text", []],
  ["text", [odd, odd.toReversed()]],
  ["varchar", odd],
  ["uuid", ["0198c0de-0000-7000-8000-000000000001", null]],
  ["int", [1, -2, null]],
  ["smallint", [1, null]],
  ["bigint", ["9007199254740993", null]],
  ["float8", [0.5, null]],
  ["name", ["users"]],
])("an array of %s comes back as it was sent: %j", async (type, cells) => {
  const [ofDriver] = await database.sql.unsafe(`select $1::${type}[] as cells`, [cells as never]);
  expect(ofDriver?.cells).toEqual(cells);
  const [ofDrizzle] = await database.orm.execute(
    query`select ${query.param(cells)}::${query.raw(type)}[] as cells`,
  );
  expect(ofDrizzle?.cells).toEqual(cells);
});

test("arrays of JSON, of truth values and of bytes are read", async () => {
  const [row] = await database.sql`select array['{"a": "b,\\"c"}', null]::jsonb[] as json,
    array[true, false, null] as truth, array['\\x00ff5c22'::bytea] as bytes`;
  expect(row).toEqual({
    json: [{ a: 'b,"c' }, null],
    truth: [true, false, null],
    bytes: [Buffer.from([0, 255, 92, 34])],
  });
});

test("what is undefined is refused, and not written as a word", async () => {
  await expect(database.sql.unsafe("select $1::text[]", [[undefined] as never])).rejects.toThrow(
    "undefined value",
  );
});
