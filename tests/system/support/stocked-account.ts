import postgres from "postgres";
import { firstSettings } from "#lib/directory/settings.ts";
import type { AppUnderTest } from "#tests/support/app-under-test.ts";
import { makeAccount, type TestAccount } from "#tests/support/make-account.ts";
import { cookieOf } from "./cookie-of.ts";

/** In every name that the account's rows hold, so that a page that shows any of them gives itself away. */
export const marker = "Zanzibar";

/** Ids of one row of everything that an address or a form can name. */
export type Stock = Record<
  | "run"
  | "planned"
  | "undo"
  | "waiting"
  | "bulk"
  | "upload"
  | "user"
  | "suspended"
  | "role"
  | "otherRole"
  | "group"
  | "connection"
  | "identity"
  | "session"
  | "mail"
  | "invitation"
  /** A number: the version of the directory's settings. */
  | "version",
  string
>;

export type Stocked = { account: TestAccount; stock: Stock; cookie: string; ownerSession: string };

/** An account with one of everything in it, and its owner signed in. */
export async function stockedAccount(app: AppUnderTest, name = `${marker} Works`): Promise<Stocked> {
  const account = await makeAccount(app.environment.ROLLCALL_TOKEN_KEY ?? "", { name });
  const { cookie, sessionId } = await cookieOf(app, account);
  const root = postgres(app.database.superUrl, { max: 1, onnotice: () => {} });
  try {
    const stock = await fill(root, account);
    const version = await stockedDirectory(root, account.id, stock.user);
    return { account, stock: { ...stock, version }, cookie, ownerSession: sessionId };
  } finally {
    await root.end();
  }
}

async function fill(root: postgres.Sql, { id, domain, owner }: TestAccount): Promise<Omit<Stock, "version">> {
  const one = async (query: postgres.PendingQuery<postgres.Row[]>) => (await query)[0]?.id as string;
  const person = (first: string, status: string, before: string | null = null) =>
    one(root`insert into users (account_id, email, first_name, last_name, status, status_before_suspension, source)
      values (${id}, ${`${first}.${marker}@${domain}`}, ${first}, ${marker}, ${status}, ${before}, 'api') returning id`);
  const user = await person("Uma", "active");
  const suspended = await person("Sam", "suspended", "active");
  await root`update users set suspended_at = now(), mails_paused = true where id = ${suspended}`;
  await root`update users set managed = true where id = ${user}`;
  await root`insert into managed_spans (account_id, user_id, name, managed_by) values (${id}, ${user}, ${marker}, ${marker})`;
  const role = (name: string) =>
    one(root`insert into roles (account_id, kind, name, privileges) values (${id}, 'custom', ${`${marker} ${name}`}, '{users.view}')
      returning id`);
  const [held, free] = [await role("Desk"), await role("Board")];
  await root`insert into role_grants (account_id, role_id, user_id) values (${id}, ${held}, ${user})`;
  const group = await one(
    root`insert into groups (account_id, name) values (${id}, ${`${marker} Crew`}) returning id`,
  );
  await root`insert into group_members (account_id, group_id, user_id) values (${id}, ${group}, ${user})`;
  await root`insert into group_role_grants (account_id, group_id, role_id) values (${id}, ${group}, ${free})`;
  const upload = await one(root`insert into uploads (account_id, file_name, sealed_key, state, created_by)
    values (${id}, ${`${marker}.csv`}, 'none', 'complete', ${owner.id}) returning id`);
  const run = (mode: string, state: string, more: Record<string, unknown> = {}) =>
    one(
      root`insert into runs ${root({
        account_id: id,
        kind: "import",
        mode,
        state,
        requested_by: owner.id,
        requested_by_name: `${marker} Ada`,
        upload_id: upload,
        rows_read: 1,
        created: 1,
        failed: 1,
        planned_at: new Date(),
        finished_at: state === "completed" ? new Date() : null,
        tidied_at: state === "completed" ? new Date() : null,
        ...more,
      })} returning id`,
    );
  const completed = await run("apply", "completed");
  const undone = await run("apply", "completed", { removals: "waiting", waiting: 1 });
  await entries(root, id, completed, user, domain);
  await root`insert into run_entries (account_id, run_id, position, line, email, asked, outcome) values
    (${id}, ${undone}, 1, 2, ${`Uma.${marker}@${domain}`}, 'delete', 'waiting')`;
  const session = await one(root`insert into sessions (account_id, user_id, expires_at, user_agent)
    values (${id}, ${user}, now() + interval '1 day', ${marker}) returning id`);
  const connection = await one(root`insert into sso_connections (account_id, name, issuer, client_id)
    values (${id}, ${marker}, ${`https://${marker}.example`}, ${marker}) returning id`);
  const identity = await one(root`insert into identities (account_id, user_id, issuer, subject)
    values (${id}, ${user}, ${`https://${marker}.example`}, ${marker}) returning id`);
  return {
    mail: await heldMail(root, id, user, domain),
    run: completed,
    planned: await run("check", "planned"),
    waiting: undone,
    undo: await run("check", "planned", { kind: "undo", undoes: undone }),
    bulk: await run("check", "planned", { kind: "bulk_change", upload_id: null }),
    upload,
    user,
    suspended,
    role: held,
    otherRole: free,
    group,
    connection,
    identity,
    session,
    invitation: await one(openInvitation(root, id, await person("Ina", "invited"))),
  };
}

/** Settings of a directory in their first version, and an entry of it. */
async function stockedDirectory(root: postgres.Sql, id: string, user: string): Promise<string> {
  const connection = { host: "127.0.0.1", port: 1, security: "ldaps", ca: null, baseDn: `dc=${marker}` };
  const settings = { ...firstSettings, connection: { ...connection, bindDn: `cn=${marker}` } };
  const [directory] =
    await root`insert into directories (account_id, version) values (${id}, 1) returning id`;
  await root`insert into directory_versions (account_id, directory_id, number, settings, step, saved_by_name)
    values (${id}, ${directory?.id}, 1, ${root.json(settings)}, 'connection', ${marker})`;
  await root`insert into directory_entries (account_id, external_id, user_id, dn, dn_key, verdict, marks, run_id)
    values (${id}, ${marker}, ${user}, ${`uid=uma,dc=${marker}`}, ${`uid=uma,dc=${marker.toLowerCase()}`}, 'in', '{no_mail}', ${directory?.id})`;
  return "1";
}

/** Mails stopped, a mail in doubt, and an address that bounced, so that each can be let go on. */
async function heldMail(root: postgres.Sql, id: string, user: string, domain: string): Promise<string> {
  await root`update accounts set mail_stopped_at = now(), mail_stopped_because = 'bounces' where id = ${id}`;
  await root`insert into suppressed_addresses (account_id, email_norm, reason)
    values (${id}, ${`uma.${marker}@${domain}`.toLowerCase()}, 'bounced')`;
  const [mail] = await root`insert into emails (account_id, key, kind, recipient, subject_id, state, priority)
    values (${id}, ${marker}, 'account_activated', ${`Uma.${marker}@${domain}`}, ${user}, 'unknown', 0) returning id`;
  return mail?.id;
}
const openInvitation = (root: postgres.Sql, id: string, user: string) => root`
  insert into invitations (account_id, user_id, email, source, message, expires_at)
  select account_id, id, email, 'invite', ${marker}, now() + interval '1 day' from users
  where account_id = ${id} and id = ${user} returning id`;

async function entries(root: postgres.Sql, id: string, run: string, user: string, domain: string) {
  await root`insert into run_entries (account_id, run_id, position, line, email, asked, outcome, reason, raw) values
    (${id}, ${run}, 1, 2, ${`Uma.${marker}@${domain}`}, 'new', 'new', null, null),
    (${id}, ${run}, 2, 3, ${`${marker}@elsewhere.test`}, 'new', 'failed', ${marker}, ${`${marker}@elsewhere.test`})`;
  await root`insert into run_changes (account_id, run_id, position, user_id, action) values (${id}, ${run}, 1, ${user}, 'create')`;
}

/** Signs in somebody who is not the owner, with no more than `privileges`. */
export async function insiderCookie(app: AppUnderTest, account: TestAccount): Promise<string> {
  const root = postgres(app.database.superUrl, { max: 1, onnotice: () => {} });
  try {
    const [user] = await root`insert into users (account_id, email, first_name, last_name, status, source)
      values (${account.id}, ${`ivy@${account.domain}`}, 'Ivy', 'Insider', 'active', 'api') returning id`;
    const [role] = await root`insert into roles (account_id, kind, name, privileges)
      values (${account.id}, 'custom', 'Nothing', '{contact_directory}') returning id`;
    await root`insert into role_grants (account_id, role_id, user_id) values (${account.id}, ${role?.id}, ${user?.id})`;
    return (await cookieOf(app, account, user?.id)).cookie;
  } finally {
    await root.end();
  }
}

/** Everything that the account's tables hold, in one line a table. What moves by itself is left out. */
export async function fingerprint(app: AppUnderTest, accountId: string): Promise<Record<string, string>> {
  const root = postgres(app.database.superUrl, { max: 1, onnotice: () => {} });
  try {
    const tables = await root<{ name: string; key: string }[]>`
      select c.relname as name, case c.relname when 'accounts' then 'id' else 'account_id' end as key
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and c.relname not in ('audit_unsealed', 'audit_chain') and (c.relname = 'accounts' or exists (select from pg_attribute a
          where a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped)) order by 1`;
    const seen: Record<string, string> = {};
    for (const { name, key } of tables) {
      const [row] =
        await root`select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as told
        from (select to_jsonb(x) - 'last_seen_at' as t from ${root(name)} x where ${root(key)} = ${accountId}) each`;
      seen[name] = row?.told;
    }
    return seen;
  } finally {
    await root.end();
  }
}
