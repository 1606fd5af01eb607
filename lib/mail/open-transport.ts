import type { Settings } from "#lib/env/settings.ts";
import { localTransport } from "./transport/local.ts";
import { resendTransport } from "./transport/resend.ts";
import { smtpTransport } from "./transport/smtp.ts";
import type { Transport } from "./transport/transport.ts";

type MailSettings = Pick<
  Settings<"worker">,
  "MAIL_TRANSPORT" | "MAIL_FROM" | "RESEND_API_KEY" | "RESEND_BASE_URL" | "RESEND_RATE" | "SMTP_URL"
>;

/** One per process, kept open between pumps: SMTP keeps its connections. Settings were checked at start. */
export function openTransport(settings: MailSettings): Transport {
  const from = settings.MAIL_FROM ?? "";
  if (settings.MAIL_TRANSPORT === "smtp") return smtpTransport({ url: settings.SMTP_URL ?? "", from });
  if (settings.MAIL_TRANSPORT === "local") return localTransport();
  return resendTransport({
    apiKey: settings.RESEND_API_KEY ?? "",
    from,
    baseUrl: settings.RESEND_BASE_URL,
    requestsPerSecond: settings.RESEND_RATE,
  });
}
