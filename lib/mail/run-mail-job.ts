import type { Settings } from "#lib/env/settings.ts";
import { wake } from "#lib/jobs/wake.ts";
import { runSendMail } from "./run-send-mail.ts";
import type { Transport } from "./transport/transport.ts";

type MailJob = { transport: Transport; settings: Settings<"worker">; signal: AbortSignal };

/** However far away the next mail is, the outbox is looked at again this soon. */
const mostSeconds = 10;

/** Sends what is due, and sees to it that what remains is sent in its time. */
export async function runMailJob({ transport, settings, signal }: MailJob): Promise<void> {
  const stationery = { baseUrl: settings.ROLLCALL_BASE_URL, tokenKey: settings.ROLLCALL_TOKEN_KEY };
  const dailyCap = settings.ROLLCALL_MODE === "local" ? null : settings.ROLLCALL_DAILY_MAILS;
  const { dueInMs } = await runSendMail({ transport, stationery, dailyCap, signal });
  if (dueInMs === null) return;
  if (dueInMs < 1000) await wake("send-mail", 0);
  else await wake("send-mail-later", Math.min(mostSeconds, Math.ceil(dueInMs / 1000)));
}
