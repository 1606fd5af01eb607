import { createHmac, randomBytes } from "node:crypto";
import type { SignedNotice } from "#lib/mail/provider/read-event.ts";

export const webhookSecret = `whsec_${Buffer.alloc(32, 9).toString("base64")}`;

type Told = {
  type: string;
  accountId: string;
  mailId: string;
  /** The same for a repetition. */
  id?: string;
  bounce?: { type: string };
  /** Milliseconds ago. */
  happened?: number;
  sent?: number;
  secret?: string;
};

/** What Resend posts about a mail, signed as it signs (https://docs.svix.com/receiving/verifying-payloads/how-manual). */
export function providerEvent({ type, accountId, mailId, ...told }: Told): SignedNotice & { id: string } {
  const { id = `msg_${randomBytes(9).toString("hex")}`, bounce, secret = webhookSecret } = told;
  const body = JSON.stringify({
    type,
    created_at: new Date(Date.now() - (told.happened ?? 0)).toISOString(),
    data: {
      email_id: "56761188-7520-42d8-8898-ff6fc54ce618",
      to: ["x@acme.test"],
      tags: { mail: mailId, account: accountId },
      ...(bounce ? { bounce: { subType: "General", message: "no such mailbox", ...bounce } } : {}),
    },
  });
  const timestamp = String(Math.floor((Date.now() - (told.sent ?? 0)) / 1000));
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const mac = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { id, timestamp, signature: `v1,${mac}`, body };
}
