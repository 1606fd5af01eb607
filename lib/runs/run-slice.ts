import { randomUUID } from "node:crypto";
import { accountLess } from "#lib/db/account-less.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { RunFailure, type RunKind } from "./run-kind.ts";
import { applyNextRange, StaleRange } from "./slice/apply.ts";
import { confirmRemovals } from "./slice/confirm.ts";
import { finishRun } from "./slice/finish.ts";
import {
  current,
  isGivenUp,
  type Lease,
  LeaseLost,
  lookAgain,
  type RunRow,
  releaseLease,
  type Scope,
  takeLease,
} from "./slice/lease.ts";
import { mendRange } from "./slice/mend.ts";
import { endPlanning, planNextRange, takeLane } from "./slice/plan.ts";
import { analyzeFrom, readEntries } from "./slice/read.ts";
import { guardPlan } from "./slice/removals.ts";

type Kinds = Partial<Record<RunRow["kind"], RunKind>>;
type Log = { error(fields: object, message: string): void };
/** `removalPercent`: the operator's share of an account's people that a run may remove without approval. */
type Means = { kinds: Kinds; log: Log; removalPercent: number };
/** `apart`: goes on in a job of its own; `slices`: from there in slices again. */
type Progress = "on" | "waiting" | "apart" | "slices" | "ended";

/**
 * A slice stops taking up new ranges after this long; a range takes a second or two. What must be read at once takes as
 * long as it takes, in the one kind of slice that is for that.
 */
const sliceMs = { first: 2_000, next: 15_000, reading: 6 * 3_600_000 };
const waitSeconds = 2;

/** Works on one run for at most 20 s, and leaves a job for the rest. Running it twice, or from two workers, changes nothing. */
export async function runSlice(
  means: Means,
  scope: Scope,
  signal: AbortSignal,
  slice: keyof typeof sliceMs = "next",
): Promise<void> {
  const taken = await takeLease(scope);
  if (taken === null) return;
  if (taken === "held") return withAccount(scope, (tx) => lookAgain(tx, scope, waitSeconds));
  const { lease, run } = taken;
  const until = Date.now() + sliceMs[slice];
  const isOver = () => signal.aborted || Date.now() > until;
  try {
    if (isGivenUp(run)) throw new RunFailure("Processing broke off too many times at the same place.");
    await workUntil(means, lease, run, { isOver, readsApart: slice !== "reading" });
  } catch (error) {
    if (error instanceof LeaseLost) return;
    if (!(error instanceof RunFailure)) throw error;
    const reference = randomUUID().slice(0, 8);
    means.log.error({ err: error, run: scope.runId, reference }, "run failed");
    await finishRun(lease, { state: "failed", sentence: error.sentence, reference });
  }
}

type Slice = { isOver: () => boolean; readsApart: boolean };

async function workUntil(means: Means, lease: Lease, run: RunRow, slice: Slice): Promise<void> {
  const kind = means.kinds[run.kind];
  if (!kind) throw new RunFailure(`This worker does not know runs of the kind ${run.kind}.`);
  let progress: Progress = "on";
  while (progress === "on" && !slice.isOver()) progress = await step(kind, means, lease, slice);
  if (progress === "ended") return;
  await withAccount(lease, async (tx) => {
    if (!(await releaseLease(tx, lease))) return;
    if (progress === "waiting") await lookAgain(tx, lease, waitSeconds);
    else if (progress === "apart") await enqueue(tx, "run-reading", scopeOf(lease));
    else await enqueue(tx, "run-slice-on", scopeOf(lease));
  });
}

async function step(
  kind: RunKind,
  { removalPercent }: Means,
  lease: Lease,
  { isOver, readsApart }: Slice,
): Promise<Progress> {
  const run = await current(lease);
  if (run.cancel_requested_at) {
    await finishRun(lease, { state: "cancelled" });
    return "ended";
  }
  if (run.state === "reading" && !run.read_at) {
    if (kind.readsAtOnce && readsApart) return "apart";
    await readEntries(kind, lease, run, isOver);
    // What follows goes in slices, so that it lets go of the few places for reading.
    return readsApart || isOver() ? "on" : "slices";
  }
  if (run.state === "reading") return (await takeLane(lease, "planning")) ? "on" : "waiting";
  if (run.state === "planned") return (await takeLane(lease, "applying")) ? "on" : "waiting";
  if (run.state === "planning") return plan(kind, removalPercent, lease);
  return apply(kind, lease, run, { isOver, readsApart });
}

async function plan(kind: RunKind, removalPercent: number, lease: Lease): Promise<Progress> {
  if (!(await planNextRange(kind, lease))) return "on";
  if (!kind.confirmed) await guardPlan(kind, lease, removalPercent);
  return (await endPlanning(kind, lease)) === "planned" ? "ended" : "on";
}

async function apply(
  kind: RunKind,
  lease: Lease,
  run: RunRow,
  { isOver, readsApart }: Slice,
): Promise<Progress> {
  const mustConfirm = run.removals === "approved" && run.applied_to === 0 && kind.confirm;
  // To ask about thousands takes longer than a slice, and what is broken off begins anew.
  if (mustConfirm && readsApart) return "apart";
  if (mustConfirm && !(await confirmRemovals(kind, lease, isOver))) return "on";
  if (!(await applyMending(kind, lease, isSettled(run)))) return mustConfirm ? "slices" : "on";
  await finishRun(lease, { state: "completed" }, kind);
  if (run.rows_read >= analyzeFrom) await accountLess.analyzeBulkTables(false);
  return "ended";
}

/** Whether somebody has seen this very plan: then what no longer fits is left out rather than planned anew. */
const isSettled = (run: RunRow) => run.removals === "approved" || run.options.checked === true;

async function applyMending(kind: RunKind, lease: Lease, settled: boolean): Promise<boolean> {
  for (const mend of settled ? (["skip", "never"] as const) : (["again", "skip", "never"] as const)) {
    try {
      return await applyNextRange(lease, kind);
    } catch (error) {
      if (!(error instanceof StaleRange) || mend === "never") throw error;
      await mendRange(kind, lease, error.range, mend === "skip");
    }
  }
  return false;
}

const scopeOf = (lease: Lease): Scope => ({ accountId: lease.accountId, runId: lease.runId });
