import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { withAccountAnew } from "#lib/db/with-account-anew.ts";
import type { AnsweredAddress } from "./address-answer.ts";
import { inviteAddresses } from "./one/invite-addresses.ts";
import { type Judged, judgeAddresses, writtenIn } from "./one/judge-addresses.ts";
import { type MessageReading, readMessage } from "./read-message.ts";

/** More addresses at once are for a bulk invite. */
export const mostAtOnce = 5;

export type Invited =
  /** One each, in the order in which they were written. */
  | { ok: true; answers: AnsweredAddress[] }
  | { ok: false; reason: "nobody" }
  | { ok: false; reason: "too_many"; count: number }
  | { ok: false; reason: "message"; fault: Exclude<MessageReading, { ok: true }> };

/**
 * Invites a few people. Each text of `addresses` is one or a list of them, with names or without. Who can be invited is,
 * whatever is wrong with the others; a message that cannot be sent as it is keeps all of them.
 */
export async function invitePeople(
  actor: UserActor,
  { addresses, message }: { addresses: readonly string[]; message: string },
): Promise<Invited> {
  authorize(actor, "invitations.send");
  const written = writtenIn(addresses);
  if (written.length === 0) return { ok: false, reason: "nobody" };
  if (written.length > mostAtOnce) return { ok: false, reason: "too_many", count: written.length };
  const reading = readMessage(message);
  if (!reading.ok) return { ok: false, reason: "message", fault: reading };
  return withAccountAnew(actor, async (tx) => {
    const judged = judgeAddresses(written, await verifiedDomains(tx));
    return { ok: true, answers: await answer(tx, actor, judged, reading.message) };
  });
}

async function verifiedDomains(tx: Transaction): Promise<string[]> {
  const rows = await tx.execute<{ domain: string }>(
    sql`select domain from account_domains where verified_at is not null order by domain`,
  );
  return [...rows].map(({ domain }) => domain);
}

async function answer(
  tx: Transaction,
  actor: UserActor,
  judged: Judged[],
  message: string | null,
): Promise<AnsweredAddress[]> {
  const open = judged.filter(({ is }) => is === null).map(({ address }) => address);
  const found = open.length > 0 ? await inviteAddresses(tx, actor, open, message) : new Map();
  const answers = judged.map(
    (entry): AnsweredAddress => ({
      ...entry,
      is: entry.is ?? found.get(entry.address.toLowerCase()),
    }),
  );
  const invited = answers.filter(({ is }) => is.answer === "invited").map(({ address }) => address);
  if (invited.length > 0)
    await recordEvent(tx, actor, {
      action: "invitations.sent",
      details: { addresses: invited, withMessage: message !== null },
    });
  return answers;
}
