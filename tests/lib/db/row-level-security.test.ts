import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CopiedDatabase } from "#tests/support/copy-template.ts";
import { testDatabase } from "#tests/support/test-database.ts";
import { fillAccount, person } from "./fill-account.ts";

type Table = { name: string; enabled: boolean; forced: boolean; partition: boolean; policies: number };

let copied: CopiedDatabase;
let root: postgres.Sql;
let app: postgres.Sql;
let worker: postgres.Sql;
let scoped: Table[];

const mine = "0190a000-0000-7000-8000-000000000001";
const theirs = "0190a000-0000-7000-8000-000000000002";

beforeAll(async () => {
  copied = await testDatabase();
  root = postgres(copied.superUrl, { max: 1 });
  app = postgres(copied.appUrl, { max: 2 });
  worker = postgres(copied.workerUrl, { max: 2 });
  scoped = await root<Table[]>`
    select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced, c.relispartition as partition,
      (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and (c.relname = 'accounts' or exists (
      select from pg_attribute a where a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped))
    order by 1`;
  for (const [id, slug] of [
    [mine, "mine"],
    [theirs, "theirs"],
  ] as const)
    await fillAccount(root, id, slug);
});

afterAll(async () => {
  await Promise.all([root.end(), app.end(), worker.end()]);
  await copied.drop();
});

const tables = () => scoped.filter((table) => !table.partition).map((table) => table.name);

async function grantedTo(role: string, privilege: string): Promise<string[]> {
  const rows = await root<{ name: string }[]>`
    select name from unnest(${tables()}::text[]) name where has_table_privilege(${role}, name, ${privilege}) order by 1`;
  return rows.map((row) => row.name);
}

function within<T>(sql: postgres.Sql, account: string, work: (tx: postgres.TransactionSql) => Promise<T>) {
  return sql.begin(async (tx) => {
    await tx`select set_config('app.account_id', ${account}, true)`;
    return work(tx);
  });
}

const refusal = (work: PromiseLike<unknown>) =>
  Promise.resolve(work).then(
    () => "let through",
    (error: { code?: string }) => error.code,
  );

test("every table of an account has row-level security enabled and forced, partitions included", () => {
  expect(scoped.length).toBeGreaterThan(20);
  expect(scoped.filter((table) => !table.enabled || !table.forced)).toEqual([]);
});

test("every table of an account has its policy; a partition has none, so it shows nothing when asked directly", () => {
  expect(scoped.filter((table) => !table.partition && table.policies === 0)).toEqual([]);
  expect(scoped.filter((table) => table.partition && table.policies > 0)).toEqual([]);
});

test("this test puts a row of each of two accounts into every table", async () => {
  for (const name of tables()) {
    const [row] = await root`select count(*)::int as rows from ${root(name)}`;
    expect([name, row?.rows]).toEqual([name, 2]);
  }
});

test("tables without an account are a closed list", async () => {
  const rows = await root<{ name: string }[]>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm') and c.relname <> all (${scoped.map((t) => t.name)})
    order by 1`;
  expect(rows.map((row) => row.name)).toEqual(["mail_throttle", "rate_limits", "role_holders"]);
});

test("who holds a role is asked with the reader's own rights", async () => {
  expect(await app`select * from role_holders`).toEqual([]);
  const mineOnly = await within(app, mine, (tx) => tx`select account_id, user_id, role_id from role_holders`);
  expect(mineOnly).toEqual([{ account_id: mine, user_id: person, role_id: person }]);
});

test("the processes' roles own nothing, inherit from nobody and cannot skip row-level security", async () => {
  const rows = await root`
    select r.rolname, r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb as mighty,
      (select count(*)::int from pg_class c where c.relowner = r.oid) as owned,
      (select count(*)::int from pg_auth_members m where m.member = r.oid) as memberships
    from pg_roles r where r.rolname in ('rollcall_app', 'rollcall_worker') order by 1`;
  expect(rows).toEqual([
    { rolname: "rollcall_app", mighty: false, owned: 0, memberships: 0 },
    { rolname: "rollcall_worker", mighty: false, owned: 0, memberships: 0 },
  ]);
});

describe.each(["rollcall_app", "rollcall_worker"])("%s", (role) => {
  const connection = () => (role === "rollcall_app" ? app : worker);

  test("sees no row of any table without an account", async () => {
    for (const name of await grantedTo(role, "select")) {
      expect([name, await connection()`select * from ${root(name)}`]).toEqual([name, []]);
    }
  });

  test("sees of every table the rows of its account only", async () => {
    const readable = await grantedTo(role, "select");
    expect(readable.length).toBeGreaterThan(14);
    for (const name of readable) {
      const key = name === "accounts" ? "id" : "account_id";
      const rows = await within(
        connection(),
        mine,
        (tx) => tx`select ${tx(key)} as account from ${tx(name)}`,
      );
      expect([name, rows.map((row) => row.account)]).toEqual([name, [mine]]);
    }
  });

  test("an insert for another account is refused", async () => {
    for (const name of await grantedTo(role, "insert")) {
      const columns = await root<{ list: string }[]>`
        select string_agg(quote_ident(attname), ', ') as list from pg_attribute
        where attrelid = ${name}::regclass and attnum > 0 and not attisdropped and attgenerated = ''`;
      const list = columns[0]?.list ?? "";
      // A copy of the other account's own row, so that no other constraint can be the one that refuses.
      const [row] = await root<{ row: string }[]>`
        select row_to_json(t)::text as row from ${root(name)} t where account_id = ${theirs}`;
      const insert = within(connection(), mine, (tx) =>
        tx.unsafe(
          `insert into ${name} (${list}) select ${list} from json_populate_record(null::${name}, $1::text::json)`,
          [row?.row ?? ""],
        ),
      );
      expect([name, await refusal(insert)]).toEqual([name, "42501"]);
    }
  });

  test("an update or delete reaches no row of another account, nor can a row be given away", async () => {
    for (const name of await grantedTo(role, "update")) {
      const key = name === "accounts" ? "id" : "account_id";
      const reached = await within(
        connection(),
        mine,
        (tx) => tx`update ${tx(name)} set ${tx(key)} = ${tx(key)} where ${tx(key)} = ${theirs}`,
      );
      expect([name, reached.count]).toEqual([name, 0]);
      const given = within(connection(), mine, (tx) => tx`update ${tx(name)} set ${tx(key)} = ${theirs}`);
      expect([name, await refusal(given)]).toEqual([name, "42501"]);
    }
    for (const name of await grantedTo(role, "delete")) {
      const reached = await within(
        connection(),
        mine,
        (tx) => tx`delete from ${tx(name)} where account_id = ${theirs}`,
      );
      expect([name, reached.count]).toEqual([name, 0]);
    }
  });

  test("may not ask a partition directly, nor make or change tables", async () => {
    for (const table of scoped.filter((each) => each.partition)) {
      expect(await refusal(connection()`select 1 from ${root(table.name)}`)).toBe("42501");
    }
    expect(await refusal(connection()`create table mine (id int)`)).toBe("42501");
    expect(await refusal(connection()`alter table users disable row level security`)).toBe("42501");
    expect(await refusal(connection()`set role rollcall_gate`)).toBe("42501");
    expect(await refusal(connection()`set role rollcall_owner`)).toBe("42501");
  });
});

test("the operator's role sees one account at a time as well", async () => {
  const owner = postgres(copied.ownerUrl, { max: 1 });
  expect(await owner`select * from roles`).toEqual([]);
  const rows = await within(owner, mine, (tx) => tx`select account_id from roles`);
  expect(rows.map((row) => row.account_id)).toEqual([mine]);
  await owner.end();
});

test("neither role changes or removes an audit event, or a link of its chain", async () => {
  for (const connection of [app, worker])
    for (const name of ["audit_events", "audit_chain"]) {
      expect(await refusal(within(connection, mine, (tx) => tx`delete from ${tx(name)}`))).toBe("42501");
      expect(
        await refusal(within(connection, mine, (tx) => tx`update ${tx(name)} set account_id = account_id`)),
      ).toBe("42501");
    }
});

test("an account left in a connection does not outlive its transaction", async () => {
  const one = postgres(copied.appUrl, { max: 1 });
  await within(one, mine, (tx) => tx`select 1`);
  expect(await one`select * from users`).toEqual([]);
  await one.end();
});

describe("audit events", () => {
  test.each(["rollcall_app", "rollcall_worker"])(
    "%s cannot change, remove or truncate them",
    async (role) => {
      const sql = role === "rollcall_app" ? app : worker;
      for (const text of [
        "update audit_events set action = 'y'",
        "delete from audit_events",
        "truncate audit_events",
      ])
        expect([text, await refusal(within(sql, mine, (tx) => tx.unsafe(text)))]).toEqual([text, "42501"]);
    },
  );

  test("their owner cannot either", async () => {
    const owner = postgres(copied.ownerUrl, { max: 1 });
    for (const text of [
      "update audit_events set action = 'y'",
      "delete from audit_events",
      "truncate audit_events",
    ])
      expect([text, await refusal(within(owner, mine, (tx) => tx.unsafe(text)))]).toEqual([text, "P0001"]);
    await owner.end();
  });
});
