import { keepLease, type Lease } from "./lease.ts";

const keepEveryMs = 2_000;

/** What it waits for may take longer than the lease; whoever has lost it, or is to stop, or is cancelled, leaves off at once. */
export const keepWhile = (lease: Lease, work: AbortController, isOver: () => boolean): NodeJS.Timeout =>
  setInterval(() => {
    if (isOver()) return work.abort();
    keepLease(lease).then(
      (kept) => kept === "kept" || work.abort(),
      () => {},
    );
  }, keepEveryMs);
