import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import type { MailLanguage } from "./mail-language.ts";
import type { OwnTextKind } from "./own-text-field.ts";
import { type RenderedLetter, renderLetter, type Stationery, type Told } from "./pump/render-letter.ts";

const nobody = "00000000-0000-0000-0000-000000000000";

/** The mail as it would go to whoever looks at it, by the settings as they are saved; its link leads nowhere. */
export async function previewMail(
  actor: UserActor,
  kind: OwnTextKind,
  language: MailLanguage,
  baseUrl: string,
): Promise<RenderedLetter> {
  authorize(actor, "mail_settings.view");
  const { accountId, userName, userEmail } = actor;
  const [told] = await withAccount(actor, (tx) =>
    tx.execute<Omit<Told, "kind" | "language" | "recipient" | "inviter_name">>(sql`
      select ${nobody} as subject_id, 0 as generation, a.name as account_name, a.slug as account_slug, a.sender_name,
        a.reply_to, a.logo_color, a.time_zone, null as message, null as run, null as stopped_because,
        now() + make_interval(days => a.invitation_days) as expires_at,
        (select text from account_texts where account_id = a.id and kind = ${kind} and language = ${language}) as own_text
      from accounts a where a.id = ${accountId}`),
  );
  if (!told) throw new Error(`account ${accountId} is missing`);
  // Under a key that nobody has: not even the invitation of nobody can be followed.
  const stationery: Stationery = { baseUrl, tokenKey: Buffer.alloc(32).toString("base64") };
  const person = { recipient: userEmail, inviter_name: userName };
  return renderLetter({ ...told, ...person, kind, language }, stationery);
}
