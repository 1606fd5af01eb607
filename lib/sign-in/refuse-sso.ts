import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { withAccount } from "#lib/db/with-account.ts";
import type { SsoReason } from "./sso-reasons.ts";
import type { Visitor } from "./visitor.ts";

/** Writes down a sign-in that ended before anybody was known: the provider was away, or proved nothing. */
export async function refuseSso(accountId: string, reason: SsoReason, { ip }: Visitor): Promise<void> {
  await withAccount({ accountId }, (tx) =>
    recordEvent(tx, systemActor(accountId, "single sign-on", ip), {
      action: "sign_in.refused",
      subjectKind: "account",
      subjectId: accountId,
      details: { method: "sso", reason },
    }),
  );
}
