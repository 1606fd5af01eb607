import type { UserActor } from "#lib/authorization/actor.ts";
import type { Privilege } from "#lib/authorization/permissions.ts";
import { findActor } from "#lib/sign-in/find-actor.ts";
import type { Roles } from "#tests/support/as-role.ts";
import type { TestAccount } from "#tests/support/make-account.ts";

export type Person = { id: string; email: string };

/** People, roles and groups of one account, written straight into its tables. */
export function staffOf(roles: Roles, account: TestAccount) {
  const one = async (query: Promise<readonly { [key: string]: string }[]>) =>
    Object.values((await query)[0] ?? {})[0] ?? "";
  const person = async (name: string, status = "active"): Promise<Person> => {
    const email = `${name}@${account.domain}`;
    const made = roles.sql`insert into users (account_id, email, first_name, status, source)
      values (${account.id}, ${email}, ${name}, ${status}, 'import') returning id`;
    return { id: await one(made as never), email };
  };
  const role = (name: string, privileges: Privilege[]): Promise<string> =>
    one(
      roles.sql`insert into roles (account_id, kind, name, privileges)
      values (${account.id}, 'custom', ${name}, ${privileges}) returning id` as never,
    );
  const builtIn = (kind: "owner" | "admin"): Promise<string> =>
    one(roles.sql`select id from roles where account_id = ${account.id} and kind = ${kind}` as never);
  const give = (userId: string, roleId: string, source = "manual") => roles.sql`
    insert into role_grants (account_id, role_id, user_id, source) values (${account.id}, ${roleId}, ${userId}, ${source})`;
  const group = async (name: string, members: string[]): Promise<string> => {
    const id = await one(
      roles.sql`insert into groups (account_id, name) values (${account.id}, ${name}) returning id` as never,
    );
    for (const userId of members)
      await roles.sql`insert into group_members (account_id, group_id, user_id) values (${account.id}, ${id}, ${userId})`;
    return id;
  };
  const session = (userId: string): Promise<string> =>
    one(
      roles.sql`insert into sessions (account_id, user_id, expires_at)
      values (${account.id}, ${userId}, now() + interval '1 hour') returning id` as never,
    );
  /** As signed in with a session of their own. */
  const actor = async (userId: string): Promise<UserActor> => {
    const sessionId = await session(userId);
    const found = await roles.as("app", () => findActor(sessionId));
    if (!found) throw new Error("cannot sign in");
    return found;
  };
  const admin = async (name: string, privileges: Privilege[]) => {
    const made = await person(name);
    const roleId = await role(`role of ${name}`, privileges);
    await give(made.id, roleId);
    return { ...made, roleId, actor: await actor(made.id) };
  };
  const lives = async (of: UserActor) =>
    (await roles.as("app", () => findActor(of.sessionId, account.slug))) !== null;
  const events = (action: string) => roles.sql`
    select actor_kind, actor_id, subject_id, details from audit_events
    where account_id = ${account.id} and action = ${action} order by id`;
  return { person, role, builtIn, give, group, session, actor, admin, lives, events };
}
