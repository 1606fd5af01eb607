import { setTimeout as sleep } from "node:timers/promises";
import type postgres from "postgres";
import type { Phase, Stage } from "./trial.ts";

export type Moment = {
  phase: Phase | "waiting" | "over" | "failed";
  /** Grows with everything that is committed: lines read, planned, applied, mails done with. */
  progress: number;
  /** Changes with every hold on the run, or on mails. Null: nobody holds any. */
  hold: string | null;
};

/** What the database says of the run now; null while the server is down. */
export async function look({ sql }: Stage, runId: string): Promise<Moment | null> {
  const [row] = await sql<(Omit<Moment, "phase"> & { state: string; read: boolean; left: number })[]>`
    select r.state, r.read_at is not null as read, coalesce(c.queued, 0) as left,
      (r.rows_read + r.planned_to + r.applied_to + coalesce(c.sent + c.failed + c.unknown + c.withdrawn, 0))::int as progress,
      coalesce(case when r.lease_until > clock_timestamp() then r.lease end, (
        select m.lease from emails m where m.state = 'sending' and m.lease_until > clock_timestamp()
        order by m.lease_until desc limit 1))::text as hold
    from runs r left join run_mail_counts c on c.account_id = r.account_id and c.run_id = r.id where r.id = ${runId}`.catch(
    () => [],
  );
  return row ? { phase: phaseOf(row), progress: row.progress, hold: row.hold } : null;
}

function phaseOf({ state, read, left }: { state: string; read: boolean; left: number }): Moment["phase"] {
  if (state === "reading") return read ? "waiting" : "reading";
  if (state === "planning" || state === "applying") return state;
  if (state === "completed") return left > 0 ? "sending" : "over";
  return state === "failed" || state === "cancelled" ? "failed" : "waiting";
}

const patienceMs = 120_000;

/** Looks every few milliseconds until the question is answered with yes. Throws after two minutes. */
export async function until(
  stage: Stage,
  runId: string,
  question: (moment: Moment) => boolean,
): Promise<Moment> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const moment = await look(stage, runId);
    if (moment && question(moment)) return moment;
    if (performance.now() > end) throw new Error(`nothing more happens: ${JSON.stringify(moment)}`);
    await sleep(3);
  }
}

export const isOver = ({ phase }: Moment) => phase === "over" || phase === "failed";

/** Seconds from now until something more than `from` is committed. */
export async function recovery(stage: Stage, runId: string, from: number): Promise<number> {
  const began = performance.now();
  await until(stage, runId, (moment) => moment.progress > from || isOver(moment));
  return (performance.now() - began) / 1000;
}

/** Waits for the end; answers the longest time, in seconds, in which nothing was committed. */
export async function longestSilence(stage: Stage, runId: string): Promise<number> {
  let longest = 0;
  for (let moment = await until(stage, runId, () => true); !isOver(moment); ) {
    const { progress } = moment;
    const began = performance.now();
    moment = await until(stage, runId, (next) => next.progress > progress || isOver(next));
    longest = Math.max(longest, (performance.now() - began) / 1000);
  }
  return longest;
}

/** Until a run that nobody disturbs is completed. */
export async function untilEnded(sql: postgres.Sql, runId: string): Promise<void> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const [run] = await sql`select state, failure from runs where id = ${runId}`;
    if (run?.state === "completed") return;
    if (run?.state === "failed" || performance.now() > end)
      throw new Error(`the run is not completed: ${run?.failure ?? run?.state}`);
    await sleep(20);
  }
}
