import { randomBytes } from "node:crypto";
import type { UserActor } from "#lib/authorization/actor.ts";
import type { Privilege } from "#lib/authorization/permissions.ts";
import { ownerOf } from "#tests/support/account-owner.ts";
import { openRoles } from "#tests/support/as-role.ts";
import { makeAccount } from "#tests/support/make-account.ts";

type Wish = { status?: string; email?: string | null; managed?: boolean; role?: string };

/** A database with two accounts, and people of the first as a test wants them. */
export async function openPeople() {
  const roles = await openRoles();
  const key = randomBytes(32).toString("base64");
  const acme = await roles.as("owner", () => makeAccount(key));
  const other = await roles.as("owner", () => makeAccount(key));
  const root = roles.sql;
  let made = 0;

  async function person(
    { status = "active", email, managed = false, role }: Wish = {},
    of = acme,
  ): Promise<string> {
    const address = email === undefined ? `person${++made}@${of.domain}` : email;
    const [row] = await root`
      insert into users (account_id, email, first_name, last_name, title, status, email_validation, source, managed)
      values (${of.id}, ${address}, 'Bo', 'Berg', 'Clerk', ${status}, ${address === null ? null : "validated"}, 'import', ${managed})
      returning id`;
    if (role)
      await root`insert into role_grants (account_id, role_id, user_id)
        select account_id, id, ${row?.id} from roles where account_id = ${of.id} and name = ${role}`;
    return row?.id as string;
  }

  /** An open invitation of the person with its mail in the outbox, of a run with counts. */
  async function invite(userId: string): Promise<{ id: string; runId: string }> {
    const [row] = await root`
      with run as (insert into runs (account_id, kind, mode, state, requested_by_name)
        values (${acme.id}, 'import', 'apply', 'completed', 'Ada Owner') returning id),
      offer as (insert into invitations (account_id, user_id, email, source, run_id, expires_at)
        select account_id, id, email, 'import', (select id from run), now() + interval '14 days' from users where id = ${userId}
        returning id, email, run_id),
      mail as (insert into emails (account_id, key, kind, recipient, subject_id, run_id)
        select ${acme.id}, 'invitation:' || id || ':1', 'invitation', email, id, run_id from offer)
      insert into run_mail_counts (account_id, run_id, queued) select ${acme.id}, run_id, 1 from offer
      returning run_id, (select id from offer)`;
    return { id: row?.id, runId: row?.run_id };
  }

  async function session(userId: string, method = "email_link", of = acme): Promise<string> {
    const [row] = await root`insert into sessions (account_id, user_id, method, expires_at)
      values (${of.id}, ${userId}, ${method}, now() + interval '12 hours') returning id`;
    return row?.id as string;
  }

  const actor = (userId: string, privileges: Privilege[]): UserActor => ({
    ...ownerOf(acme),
    userId,
    sessionId: userId,
    userName: "Max Manager",
    privileges: new Set(privileges),
    isOwner: false,
  });

  return {
    ...roles,
    acme,
    other,
    owner: ownerOf(acme),
    stranger: ownerOf(other),
    person,
    invite,
    session,
    actor,
    asApp: <T>(work: () => Promise<T>) => roles.as("app", work),
    row: async (id: string) => (await root`select * from users where id = ${id}`)[0] ?? {},
    invitation: async (id: string) => (await root`select * from invitations where id = ${id}`)[0] ?? {},
    mailOf: async (subject: string) =>
      (await root`select * from emails where subject_id = ${subject}`)[0] ?? {},
    counts: async (runId: string) =>
      (await root`select * from run_mail_counts where run_id = ${runId}`)[0] ?? {},
    lasting: async (userId: string) =>
      (await root`select id from sessions where user_id = ${userId} and ended_at is null`).map(
        (row) => row.id,
      ),
    events: (userId: string) =>
      root`select action, actor_name, details from audit_events where subject_id = ${userId} order by id`,
  };
}

export type People = Awaited<ReturnType<typeof openPeople>>;
