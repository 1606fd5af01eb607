import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { isUuid } from "./mailbox/is-uuid.ts";

type Allowed = { ok: true; address: string } | { ok: false; reason: "not_found" | "not_suppressed" };

/** Mails go to the person's address again, after it bounced or somebody complained. What was withdrawn meanwhile stays so. */
export async function allowMail(actor: UserActor, userId: string): Promise<Allowed> {
  authorize(actor, "mails.allow");
  if (!isUuid(userId)) return { ok: false, reason: "not_found" };
  return withAccount(actor, async (tx): Promise<Allowed> => {
    const [user] = await tx.execute<{ email: string | null; email_validation: string | null }>(sql`
      select email, email_validation from users where account_id = ${actor.accountId} and id = ${userId} for update`);
    if (!user?.email) return { ok: false, reason: "not_found" };
    const lifted = await tx.execute<{ reason: string }>(sql`
      delete from suppressed_addresses
      where account_id = ${actor.accountId} and email_norm = lower(${user.email}::text collate "C") returning reason`);
    if (lifted.count === 0 && user.email_validation !== "bounced")
      return { ok: false, reason: "not_suppressed" };
    // Who is active has proved the address once.
    await tx.execute(sql`
      update users set email_validation = case status when 'active' then 'validated' else 'pending' end,
        version = version + 1, updated_at = now()
      where id = ${userId} and email_validation = 'bounced'`);
    await recordEvent(tx, actor, {
      action: "user.mail_allowed",
      subjectKind: "user",
      subjectId: userId,
      details: { address: user.email, because: lifted[0]?.reason ?? "bounced" },
    });
    return { ok: true, address: user.email };
  });
}
