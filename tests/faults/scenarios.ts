import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "#tests/support/resend-stub.ts";
import type { Phase, Stage, Worker } from "./trial.ts";
import { isOver, longestSilence, type Moment, recovery, until } from "./watch.ts";

/** Seconds from each fault to the next commit, as many as faults were brought about. */
export type Disturbance = (stage: Stage, runId: string, most: number) => Promise<number[]>;

/** Somebody works in the phase, and since the last time something was done, or somebody else has begun. */
const isFresh =
  (phase: Phase, { trial }: Stage, last: Moment | null) =>
  (moment: Moment) =>
    moment.phase === phase &&
    moment.hold !== null &&
    moment.hold !== last?.hold &&
    (trial.anew.includes(phase) || last === null || moment.progress > last.progress);

/** Another place in the middle of the work each time. */
async function somewhereIn(stage: Stage, runId: string): Promise<Moment> {
  await sleep(Math.random() * stage.trial.spreadMs);
  return until(stage, runId, () => true);
}

async function eachIn(
  phase: Phase,
  stage: Stage,
  runId: string,
  most: number,
  happen: (before: Moment) => Promise<number>,
): Promise<number[]> {
  const recoveries: number[] = [];
  let last: Moment | null = null;
  while (recoveries.length < most) {
    const isNext = isFresh(phase, stage, last);
    const moment = await until(stage, runId, (each) => isNext(each) || isOver(each) || isPast(phase, each));
    if (!isNext(moment)) break;
    // What was told by the state counts; what has moved on meanwhile would be no fault in this phase.
    const before: Moment = most > 1 ? await somewhereIn(stage, runId) : moment;
    if (before.phase !== phase) break;
    last = before;
    recoveries.push(await happen(before));
  }
  return recoveries;
}

const order: Moment["phase"][] = ["reading", "waiting", "planning", "applying", "sending", "over"];
const isPast = (phase: Phase, moment: Moment) =>
  moment.phase !== "waiting" && order.indexOf(moment.phase) > order.indexOf(phase);

/** kill -9; a new worker is started at once, as a supervisor would. */
export const killIn =
  (phase: Phase): Disturbance =>
  async (stage, runId, most) => {
    let worker = stage.startWorker();
    return eachIn(phase, stage, runId, most, async () => {
      await worker.signal("SIGKILL");
      const { progress } = await until(stage, runId, () => true);
      worker = stage.startWorker();
      return recovery(stage, runId, progress);
    });
  };

/** Stopped in the middle, taken over by a second worker, and woken up again while that one works. */
export const pauseIn =
  (phase: Phase): Disturbance =>
  async (stage, runId) => {
    const worker = stage.startWorker();
    return eachIn(phase, stage, runId, 1, async () => {
      await worker.signal("SIGSTOP");
      const { progress } = await until(stage, runId, () => true);
      stage.startWorker();
      // What the paused one held is the others' when its time is over; for mails that is longer than for the run.
      const seconds = await recovery(stage, runId, progress);
      await heartbeatIsOver(stage, worker);
      return seconds;
    });
  };

/** Until the queue has given the paused worker's jobs up, as its rows say. */
async function heartbeatIsOver({ sql }: Stage, worker: Worker): Promise<void> {
  const held =
    await sql`select id, started_on from pgboss.job where state = 'active' and heartbeat_seconds is not null
    order by started_on limit 1`;
  for (let looks = 0; looks < 1500; looks += 1) {
    const same = await sql`select 1 from pgboss.job where id = ${held[0]?.id ?? null} and state = 'active'
      and started_on = ${held[0]?.started_on ?? null}`;
    if (same.length === 0) break;
    await sleep(10);
  }
  await worker.signal("SIGCONT");
}

/** The database ends as in a crash and comes back; the worker lives through it. */
export const restartIn =
  (phase: Phase, crashAndRestart: () => Promise<void>): Disturbance =>
  async (stage, runId) => {
    stage.startWorker();
    return eachIn(phase, stage, runId, 1, async ({ progress }) => {
      const began = performance.now();
      await crashAndRestart();
      await recovery(stage, runId, progress);
      return (performance.now() - began) / 1000;
    });
  };

/** Four workers, and the same asked for a second time at once: whichever is first, everything is done once. */
export const crowd: Disturbance = async (stage) => {
  const second = await stage.requestSecond();
  for (let n = 0; n < 4; n += 1) stage.startWorker();
  await until(stage, second, isOver);
  return [0, 0, 0, 0];
};

/** A provider that answers like this every nth time. */
export const provider =
  (nth: number, fault: Fault): Disturbance =>
  async (stage, runId) => {
    await stage.provider.every(nth, fault);
    stage.startWorker();
    const silence = await longestSilence(stage, runId);
    const { requests } = await stage.provider.ledger();
    return [silence, ...Array<number>(Math.max(0, Math.floor(requests / nth) - 1)).fill(0)];
  };
