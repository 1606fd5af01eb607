import { type SQL, sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import type { ProfileField } from "../profile-fields.ts";
import { profileFields } from "../profile-fields.ts";
import { protectedPeople } from "../protected-people.ts";
import { restorableFor } from "../restorable-until.ts";
import type { UserStatus } from "../user-status.ts";
import type { BoundIdentity, EmailValidation, HeldRole, Protection, UserView } from "../user-view.ts";

export type UserRow = Record<ProfileField, string | null> & {
  id: string;
  email: string | null;
  organizational_unit: string | null;
  status: UserStatus;
  status_before_suspension: UserStatus | null;
  restorable_until: string | null;
  email_validation: EmailValidation | null;
  managed: boolean;
  mails_paused: boolean;
  mail_suppressed: UserView["mailSuppressed"];
  source: string;
  external_id: string | null;
  version: number;
  created_at: string;
  protection: Protection | null;
  privileges: string[];
  is_owner: boolean;
  groups: UserView["groups"];
  roles: HeldRole[];
  identities: (Omit<BoundIdentity, "since" | "lastUsed"> & { since: string; last_used: string })[];
};

const mostListed = 200;

const groups = sql`(
  select coalesce(json_agg(g order by lower(g.name)), '[]') from (
    select g.id, g.name, g.source from group_members m join groups g on g.account_id = m.account_id and g.id = m.group_id
    where m.account_id = u.account_id and m.user_id = u.id order by lower(g.name) limit ${mostListed}) g)`;

const roles = sql`(
  select coalesce(json_agg(held order by held.name, held.how, held.group), '[]') from (
    select r.id, r.name, case g.source when 'sso' then 'sso' else 'direct' end as how, null as group
    from role_grants g join roles r on r.account_id = g.account_id and r.id = g.role_id
    where g.account_id = u.account_id and g.user_id = u.id
    union all
    select r.id, r.name, 'group', t.name
    from group_members m
    join group_role_grants g on g.account_id = m.account_id and g.group_id = m.group_id
    join roles r on r.account_id = g.account_id and r.id = g.role_id
    join groups t on t.account_id = m.account_id and t.id = m.group_id
    where m.account_id = u.account_id and m.user_id = u.id) held)`;

const identities = sql`(
  select coalesce(json_agg(json_build_object('id', i.id, 'issuer', i.issuer, 'subject', i.subject, 'since', i.created_at,
    'last_used', i.last_used_at) order by i.id), '[]')
  from identities i where i.account_id = u.account_id and i.user_id = u.id)`;

/** All that the page of one person shows of them, as the asking admin sees it. */
export const selectUser = (actor: UserActor, id: string): SQL => sql`
  select u.*, case when u.status = 'suspended' then u.suspended_at + ${sql.raw(restorableFor)} end as restorable_until,
    case when u.id = ${actor.userId} then 'oneself' when owner.is then 'owner'
      when u.id in ${protectedPeople} then 'last_admin' end as protection,
    owner.is as is_owner,
    (select s.reason from suppressed_addresses s where s.account_id = u.account_id and s.email_norm = u.email_norm)
      as mail_suppressed,
    array(select distinct unnest(r.privileges) from role_holders h join roles r on r.account_id = h.account_id and r.id = h.role_id
      where h.account_id = u.account_id and h.user_id = u.id) as privileges,
    ${groups} as groups, ${roles} as roles, ${identities} as identities
  from users u
  cross join lateral (select exists (
    select from role_holders h join roles r on r.account_id = h.account_id and r.id = h.role_id
    where h.account_id = u.account_id and h.user_id = u.id and r.kind = 'owner') as is) owner
  where u.account_id = ${actor.accountId} and u.id = ${id}`;

/** Whether the person may do what the actor may not. */
export const outranks = (row: Pick<UserRow, "privileges" | "is_owner">, actor: UserActor): boolean =>
  (row.is_owner && !actor.isOwner) ||
  row.privileges.some((held) => !(actor.privileges as ReadonlySet<string>).has(held));

const joined: readonly (UserStatus | null)[] = ["signed_up", "active"];

export function toUserView(row: UserRow, actor: UserActor): UserView {
  const fields = Object.fromEntries(profileFields.map((field) => [field, row[field]]));
  const isSuspended = row.status === "suspended";
  return {
    id: row.id,
    name: [row.first_name, row.last_name].filter(Boolean).join(" ") || (row.email ?? "Nameless"),
    email: row.email,
    fields: fields as UserView["fields"],
    organizationalUnit: row.organizational_unit,
    status: row.email === null && row.status !== "deleted" ? "pending_email_input" : row.status,
    isSuspended,
    hasJoined: joined.includes(isSuspended ? row.status_before_suspension : row.status),
    statusBefore: row.status_before_suspension,
    restorableUntil: row.restorable_until === null ? null : new Date(row.restorable_until),
    emailValidation: row.email === null ? null : row.email_validation,
    managed: row.managed,
    mailsPaused: row.mails_paused,
    mailSuppressed: row.mail_suppressed,
    source: row.source,
    externalId: row.external_id,
    version: row.version,
    createdAt: new Date(row.created_at),
    protection: row.protection,
    outranks: outranks(row, actor),
    groups: row.groups,
    roles: row.roles,
    identities: row.identities.map(({ last_used, since, ...bound }) => ({
      ...bound,
      since: new Date(since),
      lastUsed: new Date(last_used),
    })),
  };
}
