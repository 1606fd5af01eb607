import { connect, type Database } from "./connect.ts";
import { watchStalled } from "./watch-stalled.ts";

// The web server bundles pages apart, so one process may load this module more than once.
const holder = globalThis as typeof globalThis & { rollcallDatabase?: Database };

/** The process's one pool; opened by `openDatabase` at start. */
export function database(): Database {
  if (!holder.rollcallDatabase) throw new Error("openDatabase has not been called in this process");
  return holder.rollcallDatabase;
}

export function openDatabase(url: string, options: Parameters<typeof connect>[1] = {}): Database {
  holder.rollcallDatabase ??= watched(connect(url, options));
  return holder.rollcallDatabase;
}

export async function closeDatabase(): Promise<void> {
  const open = holder.rollcallDatabase;
  holder.rollcallDatabase = undefined;
  await open?.end();
}

function watched(open: Database): Database {
  const stopWatching = watchStalled(open.sql);
  return {
    ...open,
    end: () => {
      stopWatching();
      return open.end();
    },
  };
}
