import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { withAccount } from "#lib/db/with-account.ts";

/** For the operator: so many sealed values of the account are under another key now. */
export function recordKeysRotated(accountId: string, values: number): Promise<void> {
  return withAccount({ accountId }, (tx) =>
    recordEvent(tx, systemActor(accountId, "operator"), {
      action: "keys.rotated",
      subjectKind: "account",
      subjectId: accountId,
      details: { values },
    }),
  );
}
