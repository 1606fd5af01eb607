import { AsyncLocalStorage } from "node:async_hooks";
import postgres from "postgres";
import { connect, type Database } from "#lib/db/connect.ts";
import type { CopiedDatabase } from "./copy-template.ts";

type Role = "owner" | "app" | "worker";

export type Roles = {
  database: CopiedDatabase;
  /** Skips row-level security: for looking at results, and for bringing about what takes days. */
  sql: postgres.Sql;
  /** Runs `work` as the process of that role would: lib's own pool is that role's. */
  as: <T>(role: Role, work: () => Promise<T>) => Promise<T>;
  end: () => Promise<void>;
};

const running = new AsyncLocalStorage<Database>();

/** Opens a database in every role of production at once; several may be open in one process. `end` also drops it. */
export function rolesOf(database: CopiedDatabase, pool: { app?: number; worker?: number } = {}): Roles {
  const pools: Record<Role, Database> = {
    owner: connect(database.ownerUrl, { max: 2 }),
    app: connect(database.appUrl, { max: pool.app ?? 10 }),
    worker: connect(database.workerUrl, { max: pool.worker ?? 8 }),
  };
  const sql = postgres(database.superUrl, { max: 4, onnotice: () => {} });
  Object.defineProperty(globalThis, "rollcallDatabase", {
    configurable: true,
    get: () => running.getStore(),
    set: () => {},
  });
  return {
    database,
    sql,
    as: (role, work) => running.run(pools[role], work),
    end: async () => {
      await Promise.all([sql.end(), ...Object.values(pools).map((open) => open.end())]);
      await database.drop();
    },
  };
}
