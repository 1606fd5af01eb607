import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { withAccount } from "#lib/db/with-account.ts";

type NewOwner = { email: string; firstName?: string; lastName?: string };

/** For the operator: makes the person *Active* and an owner, whether known before or not. Returns the user's id. */
export function addOwner(accountId: string, owner: NewOwner): Promise<string> {
  return withAccount({ accountId }, async (tx) => {
    const [user] = await tx.execute<{ id: string }>(sql`
      insert into users (account_id, email, first_name, last_name, status, email_validation, source)
      values (${accountId}, ${owner.email}, ${owner.firstName ?? null}, ${owner.lastName ?? null}, 'active', 'validated', 'invite')
      on conflict (account_id, email_norm) where email_norm is not null
      do update set status = 'active', email_validation = 'validated', version = users.version + 1, updated_at = now()
      returning id`);
    const userId = user?.id as string;
    await tx.execute(sql`
      insert into role_grants (account_id, role_id, user_id)
      select account_id, id, ${userId} from roles
      where account_id = ${accountId} and kind = 'owner' on conflict do nothing`);
    await recordEvent(tx, systemActor(accountId, "operator"), {
      action: "owner.added",
      subjectKind: "user",
      subjectId: userId,
      details: { email: owner.email },
    });
    return userId;
  });
}
