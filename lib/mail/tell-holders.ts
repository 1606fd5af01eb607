import { sql } from "drizzle-orm";
import type { Privilege } from "#lib/authorization/permissions.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { enqueueMail } from "./enqueue-mail.ts";
import type { MailKind } from "./templates/template-slots.ts";

/** `key`: what each is told once of; the person's id is added. */
type Told = { key: string; kind: MailKind; subjectId: string; generation?: number };

/** Mails everybody whose roles hold the privilege; each once a key. */
export async function tellHolders(
  tx: Transaction,
  accountId: string,
  privilege: Privilege,
  { key, ...mail }: Told,
): Promise<void> {
  const holders = await tx.execute<{ id: string; email: string }>(sql`
    select u.id, u.email from users u
    where u.account_id = ${accountId} and u.email is not null and u.status in ('active', 'signed_up') and exists (
      select from role_holders g join roles o on o.account_id = g.account_id and o.id = g.role_id
      where g.account_id = u.account_id and g.user_id = u.id
        and (o.kind in ('owner', 'admin') or ${privilege} = any (o.privileges)))
    order by u.id`);
  for (const { id, email } of holders)
    await enqueueMail(tx, accountId, { ...mail, key: `${key}:${id}`, recipient: email, userId: id });
}
