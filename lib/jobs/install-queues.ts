import { PgBoss } from "pg-boss";
import { queueSchema } from "./boss.ts";
import { queues } from "./queues.ts";

/** Makes the queue's schema and queues as the database's owner; run by `npm run migrate` alone. */
export async function installQueues(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: queueSchema,
    supervise: false,
    schedule: false,
    max: 2,
  });
  boss.on("error", () => {});
  await boss.start();
  try {
    const known = new Set((await boss.getQueues()).map((queue) => queue.name));
    for (const [name, queue] of Object.entries(queues)) {
      const options = {
        retryLimit: queue.retryLimit,
        retryDelay: queue.retryDelay,
        expireInSeconds: queue.expireInSeconds,
        heartbeatSeconds: 10,
        deleteAfterSeconds: 24 * 3600,
      };
      if (known.has(name)) await boss.updateQueue(name, options);
      else await boss.createQueue(name, { ...options, policy: queue.policy, notify: true });
    }
  } finally {
    await boss.stop({ graceful: false });
  }
}
