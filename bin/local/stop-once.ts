export type Stopping = {
  /** Aborted as soon as stopping begins. */
  signal: AbortSignal;
  /** Adds something to end; ended in reverse order, as they stand on each other. */
  onStop: (end: () => Promise<void> | void) => void;
  /** Ends everything and then this process. Later calls change nothing. */
  stop: (exitCode: number) => Promise<void>;
};

/** Ends what was started, in reverse order, exactly once, however often it is asked to. */
export function stopOnce(): Stopping {
  const abort = new AbortController();
  const ends: (() => Promise<void> | void)[] = [];
  const stop = async (exitCode: number) => {
    if (abort.signal.aborted) return;
    if (exitCode === 0) console.log("Stopping.");
    abort.abort();
    for (const end of ends.reverse()) {
      try {
        await end();
      } catch (error) {
        console.error(error);
      }
    }
    process.exit(exitCode);
  };
  const onStop = (end: () => Promise<void> | void) => {
    // Started while stopping had begun already: end it at once, nobody else will.
    if (abort.signal.aborted) void end();
    else ends.push(end);
  };
  return { signal: abort.signal, onStop, stop };
}
