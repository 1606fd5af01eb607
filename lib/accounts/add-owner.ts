import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";

type NewOwner = { email: string; firstName?: string; lastName?: string };

/** For the operator: makes the person *Active* and an owner, whether known before or not. Returns the user's id. */
export function addOwner(accountId: string, owner: NewOwner): Promise<string> {
  return withAccount({ accountId }, async (tx) => {
    const changed = await tx.execute(sql`
      insert into users (account_id, email, first_name, last_name, status, email_validation, source)
      values (${accountId}, ${owner.email}, ${owner.firstName ?? null}, ${owner.lastName ?? null}, 'active', 'validated', 'invite')
      on conflict (account_id, email_norm) where email_norm is not null
      do update set status = 'active', suspended_at = null, status_before_suspension = null,
        email_validation = 'validated', version = users.version + 1, updated_at = now()
      where (users.status, users.email_validation) is distinct from ('active', 'validated') returning id`);
    const granted = await tx.execute(sql`
      insert into role_grants (account_id, role_id, user_id)
      select u.account_id, r.id, u.id from users u join roles r on r.account_id = u.account_id and r.kind = 'owner'
      where u.email_norm = lower(${owner.email}) on conflict do nothing returning user_id`);
    const [user] = await tx.execute<{ id: string }>(
      sql`select id from users where email_norm = lower(${owner.email})`,
    );
    const userId = user?.id as string;
    if (changed.length + granted.length > 0) await recordAdded(tx, accountId, userId, owner.email);
    return userId;
  });
}

const recordAdded = (tx: Transaction, accountId: string, userId: string, email: string): Promise<void> =>
  recordEvent(tx, systemActor(accountId, "operator"), {
    action: "owner.added",
    subjectKind: "user",
    subjectId: userId,
    details: { email },
  });
