import { setTimeout as sleep } from "node:timers/promises";
import { accountLess } from "#lib/db/account-less.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { appendLinks } from "./chain/append-links.ts";

type Options = { signal?: AbortSignal; forMs?: number; everyMs?: number };

/**
 * Seals what was written down, every `everyMs` for `forMs` (about a minute; 0: once), a batch an account in turn. Nobody
 * who writes an event waits for it.
 */
export async function runSealAudit({ signal, forMs = 50_000, everyMs = 2_000 }: Options = {}): Promise<void> {
  const end = performance.now() + forMs;
  for (;;) {
    while (!signal?.aborted && (await sealBatches()) > 0);
    if (signal?.aborted || performance.now() + everyMs > end) return;
    await sleep(everyMs, undefined, { signal }).catch(() => {});
  }
}

async function sealBatches(): Promise<number> {
  const failures: unknown[] = [];
  let sealed = 0;
  for (const { account_id: accountId } of await accountLess.unsealedAccounts()) {
    // What is wrong with one account's chain must not keep the others' from going on.
    const done = await withAccount({ accountId }, (tx) => appendLinks(tx, accountId)).catch((error) => {
      failures.push(error);
      return 0;
    });
    sealed += done;
  }
  if (failures.length > 0) throw failures[0];
  return sealed;
}
