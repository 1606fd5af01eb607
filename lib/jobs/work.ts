import { PgBoss } from "pg-boss";
import { queueSchema } from "./boss.ts";
import { type Handlers, type Queue, type QueueName, queues } from "./queues.ts";

type Log = { error(fields: object, message: string): void };
type Working = { stop(): Promise<void>; sendNow(queue: "sweep" | "send-mail"): Promise<void> };

/**
 * For the queue's own connections: one that falls silent without being closed must not keep a queue from being looked at. What
 * came too late has been done perhaps; a job that was taken so is missed by its heartbeat.
 */
const patience = { query_timeout: 12_000, keepAlive: true, keepAliveInitialDelayMillis: 10_000 };

/** Works every queue until `stop`, which lets running jobs end (20 s at most). A job that throws is tried again. */
export async function work(url: string, handlers: Handlers, log: Log): Promise<Working> {
  const boss = new PgBoss({
    connectionString: url,
    schema: queueSchema,
    migrate: false,
    useListenNotify: true,
    // How soon the jobs of a dead worker are missed, after the 10 s of their heartbeat.
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
    max: 6,
    ...patience,
  });
  // Without a listener a restart of Postgres would end the process.
  boss.on("error", (error) => log.error({ err: error }, "queue"));
  await boss.start();
  const stopping = new AbortController();
  for (const name of Object.keys(queues) as QueueName[])
    await workQueue(boss, name, handlers, { log, stopping: stopping.signal });
  for (const name of ["sweep", "due-syncs"]) await boss.schedule(name, "* * * * *", {});
  return {
    stop: () => {
      stopping.abort();
      return boss.stop({ graceful: true, timeout: 20_000 });
    },
    sendNow: async (queue) => void (await boss.send(queue, {})),
  };
}

async function workQueue<Q extends QueueName>(
  boss: PgBoss,
  name: Q,
  handlers: Handlers,
  { log, stopping }: { log: Log; stopping: AbortSignal },
): Promise<void> {
  const queue: Queue = queues[name];
  const handle = handlers[name] as (payload: unknown, signal: AbortSignal) => Promise<void>;
  await boss.work(name, { ...queue.work, batchSize: 1 }, async ([job]) => {
    if (!job) return;
    try {
      const signal = queue.leavesOff ? AbortSignal.any([job.signal, stopping]) : job.signal;
      await handle(queue.payload.parse(job.data), signal);
    } catch (error) {
      log.error({ err: error, queue: name, job: job.id }, "job failed; it will be tried again");
      throw error;
    }
  });
}
