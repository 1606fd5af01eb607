import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CopiedDatabase } from "#tests/support/copy-template.ts";
import { testDatabase } from "#tests/support/test-database.ts";

let copied: CopiedDatabase;
let root: postgres.Sql;

beforeAll(async () => {
  copied = await testDatabase();
  root = postgres(copied.superUrl, { max: 1 });
});

afterAll(async () => {
  await root.end();
  await copied.drop();
});

/** All that may be asked without an account: what it answers, and which process may ask it. */
const closed: Record<string, { answers: string; app: boolean }> = {
  analyze_bulk_tables: { answers: "void", app: false },
  claim_emails: {
    answers: "account_id uuid, id uuid, batch_id uuid, retaken boolean, held boolean",
    app: false,
  },
  drop_run_partitions: { answers: "void", app: false },
  ensure_run_partitions: { answers: "void", app: false },
  gate_abandoned_uploads: { answers: "account_id uuid, upload_id uuid", app: false },
  gate_account_by_slug: { answers: "account_id uuid", app: true },
  gate_accounts: { answers: "account_id uuid", app: false },
  gate_address_proof_account: { answers: "account_id uuid", app: true },
  gate_declining_account: { answers: "account_id uuid", app: true },
  gate_due_deletions: { answers: "account_id uuid", app: false },
  gate_due_invitations: { answers: "account_id uuid", app: false },
  gate_due_syncs: { answers: "account_id uuid", app: false },
  gate_invitation_account: { answers: "account_id uuid", app: true },
  gate_invited_candidates: { answers: "account_id uuid, user_id uuid", app: true },
  gate_local_mailbox: { answers: "account_id uuid, email_id uuid", app: true },
  gate_orphaned_runs: { answers: "account_id uuid, run_id uuid", app: false },
  gate_session_accounts: { answers: "session_id uuid, account_id uuid", app: true },
  gate_sign_in_candidates: { answers: "account_id uuid, user_id uuid", app: true },
  gate_sign_in_token_account: { answers: "account_id uuid", app: true },
  gate_sso_connection: { answers: "account_id uuid", app: true },
  gate_sso_for_domain: { answers: "account_id uuid, connection_id uuid", app: true },
  // How long a sync has to wait, of nobody in particular.
  gate_sync_place: { answers: "ahead integer, people bigint", app: true },
  gate_unreleased_mails: { answers: "account_id uuid", app: false },
  gate_unsealed_accounts: { answers: "account_id uuid", app: false },
  gate_untidied_runs: { answers: "account_id uuid, run_id uuid", app: false },
  // When the pump is to look again; of nobody in particular.
  next_mail_due: { answers: "due timestamp with time zone", app: false },
  settle_emails: { answers: "account_id uuid, id uuid", app: false },
};

test("functions that run as somebody else are a closed list, and answer ids only", async () => {
  const rows = await root<
    { name: string; result: string; app: boolean; worker: boolean; everybody: boolean }[]
  >`
    select p.proname as name, pg_get_function_result(p.oid) as result,
      has_function_privilege('rollcall_app', p.oid, 'execute') as app,
      has_function_privilege('rollcall_worker', p.oid, 'execute') as worker,
      p.proacl is null or exists (select from aclexplode(p.proacl) a where a.grantee = 0) as everybody
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.prosecdef and n.nspname <> 'pg_catalog' order by p.proname collate "C"`;
  const found = rows.map(({ name, result, ...may }) => ({
    name,
    answers: result.replace(/^TABLE\((.*)\)$/, "$1"),
    ...may,
  }));
  const expected = Object.entries(closed).map(([name, each]) => ({
    name,
    ...each,
    worker: true,
    everybody: false,
  }));
  expect(found).toEqual(expected);
});

test("each fixes its search path, so that nobody can slip a table of their own under it", async () => {
  const rows = await root`
    select p.proname, p.proconfig from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.prosecdef and n.nspname <> 'pg_catalog'`;
  for (const row of rows) expect(row.proconfig).toContain("search_path=public, pg_temp");
});

test("the role they run as can be signed in to by nobody and reaches only the tables they need", async () => {
  const [role] =
    await root`select rolcanlogin, rolsuper, rolbypassrls from pg_roles where rolname = 'rollcall_gate'`;
  expect(role).toEqual({ rolcanlogin: false, rolsuper: false, rolbypassrls: false });
  const rows = await root<{ name: string }[]>`
    select table_name || ' ' || lower(privilege_type) as name from information_schema.role_table_grants
    where grantee = 'rollcall_gate' order by table_name collate "C", privilege_type`;
  expect(rows.map((row) => row.name)).toEqual([
    "account_domains select",
    "accounts select",
    "address_proofs select",
    "audit_events insert",
    "audit_unsealed insert",
    "audit_unsealed select",
    "directories select",
    "emails select",
    "emails update",
    "group_members select",
    "group_role_grants select",
    "invitations select",
    "mail_days insert",
    "mail_days select",
    "mail_days update",
    "role_grants select",
    "role_holders select",
    "roles select",
    "run_mail_counts select",
    "run_mail_counts update",
    "runs select",
    "sessions select",
    "sign_in_tokens select",
    "sso_connections select",
    "uploads select",
    "users select",
  ]);
});

/** The server may be new enough to have its own; the one for older servers is read from the migration and tried as well. */
describe.each(["uuid_v7", "uuid_v7_of_old_servers"])("%s", (name) => {
  beforeAll(async () => {
    if (name === "uuid_v7") return;
    const { readFileSync } = await import("node:fs");
    const text = readFileSync(
      new URL("../../../drizzle/migrations/0000_functions.sql", import.meta.url),
      "utf8",
    );
    const body = text.match(/\$b\$(.+?)\$b\$/s)?.[1] ?? "";
    await root.unsafe(`create function ${name}() returns uuid language sql volatile as $b$${body}$b$`);
  });

  test("makes ids of version 7 and variant 1 that carry the time and are never the same", async () => {
    const [row] = await root.unsafe(`
      select count(*)::int as made, count(distinct id)::int as different,
        count(*) filter (where substr(id::text, 15, 1) = '7' and substr(id::text, 20, 1) in ('8', '9', 'a', 'b'))::int as well_formed,
        count(*) filter (where abs(('x' || substr(replace(id::text, '-', ''), 1, 12))::bit(48)::bigint
          - extract(epoch from clock_timestamp()) * 1000) < 5000)::int as of_now
      from (select ${name}() as id from generate_series(1, 5000)) made`);
    expect(row).toEqual({ made: 5000, different: 5000, well_formed: 5000, of_now: 5000 });
  });

  test("sorts by time", async () => {
    const ids: string[] = [];
    for (let at = 0; at < 5; at += 1) {
      const [row] = await root.unsafe(`select ${name}()::text as id, pg_sleep(0.002)`);
      ids.push(row?.id);
    }
    expect(ids).toEqual(ids.toSorted());
  });
});

test("the smallest id of an instant lies below every id made then and above all made before", async () => {
  const [row] = await root`
    select uuid_v7_floor(now()) <= uuid_v7() as below, uuid_v7_floor(now() + interval '1 minute') > uuid_v7() as above,
      uuid_v7_floor('2026-11-01Z')::text as floor, uuid_v7_floor('2026-11-01 00:00:00.0009Z')::text as cut`;
  const floor = "01a19467-e800-7000-8000-000000000000";
  expect(row).toEqual({ below: true, above: true, floor, cut: floor });
});
