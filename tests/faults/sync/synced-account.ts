import { setTimeout as sleep } from "node:timers/promises";
import type postgres from "postgres";
import { connectionFingerprint } from "#lib/directory/connection/fingerprint.ts";
import { findDirectory } from "#lib/directory/find-directory.ts";
import { requestSync } from "#lib/directory/request-sync.ts";
import { saveStep } from "#lib/directory/save-step.ts";
import type { ConnectionSettings } from "#lib/directory/settings.ts";
import { cancelRun } from "#lib/runs/cancel-run.ts";
import type { BenchDatabase } from "#tests/bench/support/bench-database.ts";
import { connectDirectory, connectionTo } from "#tests/support/ldap/connection-to.ts";

/** How a run ended: `suspended` are all people who are it after the run; `told`: what the admin reads. */
export type Ended = { state: string; suspended: number; waiting: number; seconds: number; told: string };

export type SyncedAccount = ReturnType<typeof syncedAccount>;

/** What an admin does about a directory, and what comes of it. `sql` is for looking past row-level security. */
export function syncedAccount({ actor }: BenchDatabase, sql: postgres.Sql) {
  return {
    connect: (port: number): Promise<void> => connectDirectory(actor, connectionTo(port)),
    /** As if it had been so when the connection stood its test, and has changed since. */
    async reconnect(port: number, settings: Partial<ConnectionSettings>): Promise<void> {
      const connection = { ...connectionTo(port), ...settings };
      await sql`update directory_versions v set settings = jsonb_set(settings, '{connection}', ${sql.json(connection)})
        from directories d where d.id = v.directory_id and d.version = v.number`;
      await sql`update directories set tested_as = ${connectionFingerprint(connection)}`;
    },
    async include(inclusion: string): Promise<void> {
      const { settings, version } = await findDirectory(actor);
      const users = { ...settings.users, inclusion };
      const saved = await saveStep(actor, { step: "users", values: { users }, seen: version });
      if (!saved.ok) throw new Error(saved.reason);
    },
    /** A run from the request to its end; one that finds none is cancelled. */
    async sync(longestSeconds: number): Promise<Ended> {
      const began = performance.now();
      const asked = await requestSync(actor, { mode: "apply", holdHours: 0 });
      if (!asked.ok) throw new Error(asked.reason);
      const isLate = () => performance.now() - began > longestSeconds * 1_000;
      let late = false;
      for (;;) {
        const [run] = await sql`select * from runs where id = ${asked.runId}`;
        if (run && ["completed", "failed", "cancelled"].includes(run.state)) {
          const seconds = Math.round((performance.now() - began) / 100) / 10;
          return { ...(await endOf(sql, run as postgres.Row, late)), seconds };
        }
        // While a long range is under way the run cannot be cancelled: then it is tried again.
        if (!late && isLate())
          late = await cancelRun(actor, asked.runId).then(
            () => true,
            () => false,
          );
        await sleep(20);
      }
    },
  };
}

async function endOf(sql: postgres.Sql, run: postgres.Row, late: boolean): Promise<Omit<Ended, "seconds">> {
  const [people] = await sql<
    { n: number }[]
  >`select count(*)::int as n from users where status = 'suspended'`;
  const [line] = await sql`
    select reason from run_entries where run_id = ${run.id} and outcome = 'waiting' order by position limit 1`;
  const counts = run.options.countAgrees === false ? "Two counts of the directory differ." : "";
  return {
    state:
      late && run.state === "cancelled"
        ? "without end, cancelled"
        : run.removals === "waiting"
          ? "completed, removals wait"
          : run.state,
    suspended: people?.n ?? 0,
    waiting: run.waiting,
    told: String(run.failure ?? line?.reason ?? counts),
  };
}
