/** Files that one process takes in at once: each costs some MiB of memory and a share of the processor. */
const most = { process: 24, account: 6 };

const taken = new Map<string, number>();

/** A place for one more file of the account; call it to give the place back. Null when all are taken. */
export function takeUploadPlace(accountId: string): (() => void) | null {
  const own = taken.get(accountId) ?? 0;
  const all = [...taken.values()].reduce((sum, count) => sum + count, 0);
  if (own >= most.account || all >= most.process) return null;
  taken.set(accountId, own + 1);
  return () => {
    const left = (taken.get(accountId) ?? 1) - 1;
    if (left > 0) taken.set(accountId, left);
    else taken.delete(accountId);
  };
}
