import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CopiedDatabase } from "#tests/support/copy-template.ts";
import { testDatabase } from "#tests/support/test-database.ts";

type Table = { name: string; enabled: boolean; forced: boolean; partition: boolean; policies: number };

let copied: CopiedDatabase;
let root: postgres.Sql;
let app: postgres.Sql;
let worker: postgres.Sql;
let scoped: Table[];

const mine = "0190a000-0000-7000-8000-000000000001";
const theirs = "0190a000-0000-7000-8000-000000000002";
const person = "0190a000-0000-7000-8000-00000000000a";

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
    await fillAccount(id, slug);
});

afterAll(async () => {
  await Promise.all([root.end(), app.end(), worker.end()]);
  await copied.drop();
});

/** A row of the account in every table that has one. */
async function fillAccount(id: string, slug: string): Promise<void> {
  const run = (await root`select uuid_v7() as id`)[0]?.id;
  await root`insert into accounts (id, slug, name) values (${id}, ${slug}, ${slug})`;
  await root`insert into account_domains (account_id, domain) values (${id}, ${`${slug}.test`})`;
  await root`insert into users (account_id, id, email, source) values (${id}, ${person}, ${`a@${slug}.test`}, 'api')`;
  await root`insert into roles (account_id, id, kind, name) values (${id}, ${person}, 'owner', 'Owner')`;
  await root`insert into role_grants (account_id, role_id, user_id) values (${id}, ${person}, ${person})`;
  await root`insert into sessions (account_id, user_id, expires_at) values (${id}, ${person}, now() + interval '1 day')`;
  await root`insert into sign_in_tokens (account_id, user_id, purpose, expires_at)
    values (${id}, ${person}, 'email_link', now() + interval '1 day')`;
  await root`insert into invitations (account_id, user_id, email, source, expires_at)
    values (${id}, ${person}, ${`a@${slug}.test`}, 'import', now() + interval '1 day')`;
  await root`insert into emails (account_id, key, kind, recipient, subject_id) values (${id}, 'k', 'invitation', 'a', ${person})`;
  await root`insert into runs (account_id, id, kind, mode, requested_by_name) values (${id}, ${run}, 'import', 'apply', 'Ada')`;
  await root`insert into run_mail_counts (account_id, run_id) values (${id}, ${run})`;
  await root`insert into run_rows (account_id, run_id, position, line) values (${id}, ${run}, 1, 2)`;
  await root`insert into run_entries (account_id, run_id, position, line, outcome) values (${id}, ${run}, 1, 2, 'new')`;
  await root`insert into run_changes (account_id, run_id, position, user_id, action) values (${id}, ${run}, 1, ${person}, 'create')`;
  await root`insert into run_mends (account_id, run_id, position, mended_in, mended_by_name) values (${id}, ${run}, 1, ${run}, 'Ada')`;
  await root`insert into groups (account_id, id, name) values (${id}, ${person}, 'Sales')`;
  await root`insert into group_members (account_id, group_id, user_id) values (${id}, ${person}, ${person})`;
  const [upload] =
    await root`insert into uploads (account_id, file_name, sealed_key) values (${id}, 'f', 'k') returning id`;
  await root`insert into upload_pieces (account_id, upload_id, seq, body) values (${id}, ${upload?.id}, 0, 'x')`;
  await root`insert into audit_events (account_id, actor_kind, actor_name, action) values (${id}, 'system', 'x', 'x')`;
}

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
    where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm') and c.relname <> all (${scoped.map((t) => t.name)})`;
  expect(rows.map((row) => row.name)).toEqual(["mail_throttle"]);
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
      const reached = await within(
        connection(),
        mine,
        (tx) => tx`update ${tx(name)} set account_id = account_id where account_id = ${theirs}`,
      );
      expect([name, reached.count]).toEqual([name, 0]);
      const given = within(connection(), mine, (tx) => tx`update ${tx(name)} set account_id = ${theirs}`);
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

test("the app's role creates no users and invites nobody by itself", async () => {
  const user = within(app, mine, (tx) => tx`insert into users (account_id, source) values (${mine}, 'api')`);
  expect(await refusal(user)).toBe("42501");
  const status = within(app, mine, (tx) => tx`update users set status = 'active'`);
  expect(await refusal(status)).toBe("42501");
  const grant = within(app, mine, (tx) => tx`insert into role_grants select * from role_grants`);
  expect(await refusal(grant)).toBe("42501");
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
