import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { readEmailAddress } from "#lib/users/email-address.ts";
import { changeRoles } from "./change/change-roles.ts";
import { rolesChanged } from "./change/changes-told.ts";
import { roleById, rolesHeld } from "./change/role-rows.ts";
import { mayGive } from "./may-give.ts";

type Refusal = "no_such_role" | "nobody" | "suspended" | "above_you" | "oneself" | "held_already";
type Granted = { ok: true; name: string; roleName: string } | { ok: false; reason: Refusal };
type Person = { id: string; name: string; status: string };

/** Gives a role to the person with this address. To oneself only owners give any: it would outlast a group's role. */
export async function grantRole(actor: UserActor, wish: { roleId: string; email: string }): Promise<Granted> {
  authorize(actor, "roles.grant");
  return changeRoles(actor, "roles.grant", async (tx, standing) => {
    const role = await roleById(tx, wish.roleId);
    if (!role) return { ok: false, reason: "no_such_role" };
    if (!mayGive(standing, role)) return { ok: false, reason: "above_you" };
    const person = await personByAddress(tx, wish.email);
    if (!person) return { ok: false, reason: "nobody" };
    if (person.status === "suspended") return { ok: false, reason: "suspended" };
    if (person.id === standing.userId && !standing.isOwner) return { ok: false, reason: "oneself" };
    const before = await rolesHeld(tx, person.id);
    const made = await tx.execute(sql`
      insert into role_grants (account_id, role_id, user_id) values (${actor.accountId}, ${role.id}, ${person.id})
      on conflict do nothing returning user_id`);
    if (made.length === 0) return { ok: false, reason: "held_already" };
    await recordEvent(tx, actor, {
      action: "role.granted",
      subjectKind: "user",
      subjectId: person.id,
      details: {
        role: role.name,
        person: person.name,
        changes: rolesChanged(before, await rolesHeld(tx, person.id)),
      },
    });
    return { ok: true, name: person.name, roleName: role.name };
  });
}

async function personByAddress(tx: Transaction, text: string): Promise<Person | undefined> {
  const read = readEmailAddress(text.trim());
  if (!read.ok) return undefined;
  const [person] = await tx.execute<Person>(sql`
    select id, status, coalesce(nullif(concat_ws(' ', first_name, last_name), ''), email) as name
    from users where email_norm = ${read.address.toLowerCase()} and status <> 'deleted'`);
  return person;
}
