import { checkBreaker } from "./breaker/check-breaker.ts";
import { readEvent, type SignedNotice } from "./provider/read-event.ts";
import { writeEvent } from "./provider/write-event.ts";

/**
 * What the mail provider tells of a mail: delivered, bounced, complained. The signature over the body is the proof of who
 * tells it; `taken` says that it need not be told again, also where it is of no mail of ours.
 */
export async function takeProviderEvent(secret: string, notice: SignedNotice): Promise<"taken" | "forged"> {
  const event = readEvent(secret, notice);
  if (event === "forged") return "forged";
  if (event && (await writeEvent(event))) await checkBreaker(event.accountId);
  return "taken";
}
