import type { Sql } from "postgres";

type Stalled = { pid: number; since: string };

const everyMs = 2_000;
const patienceMs = 6_000;

/**
 * Ends transactions of this role that have written and whose process has been silent for 6 s in the middle of a statement:
 * it was paused, or its machine is gone. To Postgres such a session is active, and it acts on no time-out while it reads a
 * message (`ProcessInterrupts` in its postgres.c), so rows would stay locked for good. Returns how to stop watching.
 */
export function watchStalled(sql: Sql): () => void {
  let seen = new Map<string, number>();
  const look = async () => {
    const now = performance.now();
    const stalled = await sql<Stalled[]>`select pid, state_change::text as since from pg_stat_activity
      where datname = current_database() and usename = current_user and pid <> pg_backend_pid()
        and state = 'active' and wait_event in ('ClientRead', 'ClientWrite') and backend_xid is not null`;
    seen = new Map(stalled.map(({ pid, since }) => [`${pid} ${since}`, seen.get(`${pid} ${since}`) ?? now]));
    const over = stalled.filter(({ pid, since }) => now - (seen.get(`${pid} ${since}`) ?? now) >= patienceMs);
    for (const { pid, since } of over)
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where pid = ${pid} and state_change::text = ${since}`;
  };
  const timer = setInterval(() => void look().catch(() => {}), everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
