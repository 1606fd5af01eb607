import { randomBytes } from "node:crypto";
import type { Entry } from "#bin/local/ldap/directory-tree.ts";
import { applyPreview } from "#lib/directory/apply-preview.ts";
import { directorySyncKind } from "#lib/directory/directory-sync-kind.ts";
import { dnKey } from "#lib/directory/dn-key.ts";
import { findDirectory } from "#lib/directory/find-directory.ts";
import { requestSync } from "#lib/directory/request-sync.ts";
import { runDueSyncs } from "#lib/directory/run-due-syncs.ts";
import { saveConnection } from "#lib/directory/save-connection.ts";
import { type StepValues, saveStep } from "#lib/directory/save-step.ts";
import type { ConnectionSettings } from "#lib/directory/settings.ts";
import { runSlice } from "#lib/runs/run-slice.ts";
import { undoKind } from "#lib/runs/undo-kind.ts";
import { openRoster } from "#tests/lib/runs/roster-run.ts";
import { connectionTo, loopback } from "#tests/support/ldap/connection-to.ts";
import {
  type RunningDirectory,
  readerPassword,
  startDirectory,
} from "#tests/support/ldap/start-directory.ts";

type Options = Parameters<typeof startDirectory>[0];
/** Values of an entry; null takes the attribute away. */
type Values = Record<string, string | string[] | null>;

/** The id that the sample directory gives an entry. */
export const idOf = (entry: Entry | null | undefined): string =>
  String(entry?.attributes.get("entryuuid")?.values[0]);

/** An account whose directory is the sample one, with the moves of a sync as web and worker make them. */
export async function openSync(options: Options = {}) {
  const directory = await startDirectory({ people: 40, ...options });
  const sync = await openSyncWith({ connection: connectionTo(directory.port), password: readerPassword });
  return {
    ...sync,
    directory,
    ...moves(directory),
    async close() {
      await directory.stop();
      await sync.close();
    },
  };
}

/** Where a directory is found, and who asks it. */
export type Served = { connection: ConnectionSettings; password: string };

/** By LDAPS, from one that tests have started. */
export const servedBy = (
  { tlsPort, ca }: { tlsPort: number; ca: string },
  { baseDn, bindDn, password }: { baseDn: string; bindDn: string; password: string },
): Served => ({
  connection: { host: "127.0.0.1", port: tlsPort, security: "ldaps", ca, baseDn, bindDn },
  password,
});

/** The same with a directory that runs already, of any kind; it is not ended. */
export async function openSyncWith({ connection: usual, password }: Served) {
  process.env.ROLLCALL_SECRET_KEYS = `k1:${randomBytes(32).toString("base64")}`;
  const roster = await openRoster();
  const { acme, actor, sql: root } = roster;
  await root`insert into account_domains (account_id, domain, verified_at) values (${acme.id}, 'acme.test', now())`;
  const { slice, work } = workOf(roster);
  const request = async (mode: "check" | "apply" = "apply", holdHours = 0) =>
    roster.as("app", () => requestSync(actor, { mode, holdHours }));
  const connect = async (more: Partial<ConnectionSettings> = {}) => {
    const seen = (await roster.as("app", () => findDirectory(actor))).version;
    const wish = { connector: "cloud" as const, connection: { ...usual, ...more }, password, seen };
    return roster.as("app", () => saveConnection(actor, loopback, wish));
  };
  await connect();
  return {
    ...roster,
    request,
    connect,
    slice,
    work,
    async sync(mode: "check" | "apply" = "apply") {
      const asked = await request(mode);
      if (!asked.ok) throw new Error(`not asked: ${asked.reason}`);
      await work(asked.runId);
      return asked.runId;
    },
    /** By schedule: soon after a complete reading only what has changed is read. */
    async syncChanges() {
      await root`update directories set next_scheduled_at = now() where account_id = ${acme.id}`;
      await roster.as("worker", () => runDueSyncs({ holdHours: 24 }));
      const [run] =
        await root`select id, trigger from runs where account_id = ${acme.id} order by id desc limit 1`;
      if (run?.trigger !== "scheduled") throw new Error("no run was due");
      await work(run.id);
      return run.id as string;
    },
    apply: (runId: string, holdHours = 0) =>
      roster.as("app", () => applyPreview(actor, { runId, holdHours })),
    async settings(step: Parameters<typeof saveStep>[1]["step"], values: StepValues) {
      const { version } = await roster.as("app", () => findDirectory(actor));
      const saved = await roster.as("app", () => saveStep(actor, { step, values, seen: version }));
      if (!saved.ok) throw new Error(`not saved: ${saved.reason}`);
    },
    ...looks(roster),
    close: () => roster.end(),
  };
}

function workOf(roster: Awaited<ReturnType<typeof openRoster>>) {
  const kinds = { directory_sync: directorySyncKind(loopback), undo: undoKind };
  const log = { error: (fields: object) => void roster.failures.push(fields) };
  const slice = (
    runId: string,
    signal = new AbortController().signal,
    size: Parameters<typeof runSlice>[3] = "reading",
  ) =>
    roster.as("worker", () =>
      runSlice({ kinds, log, removalPercent: 5 }, { accountId: roster.acme.id, runId }, signal, size),
    );
  /** Works until the run has ended, or waits for somebody. */
  const work = async (runId: string) => {
    for (let slices = 0; slices < 20; slices += 1) {
      await slice(runId);
      const { state, mode } = await roster.run(runId);
      if (["completed", "failed", "cancelled"].includes(state) || (state === "planned" && mode === "check"))
        return;
    }
    throw new Error("the run does not come to its end");
  };
  return { slice, work };
}

/** Changes in the directory, as its administrators make them. */
function moves({ tree }: RunningDirectory) {
  const entryOf = (dn: string): Entry => {
    const entry = tree.find(dn);
    if (!entry) throw new Error(`there is no entry ${dn}`);
    return entry;
  };
  const set = (entry: Entry, values: Values) => {
    const stamp = new Date().toISOString().replace(/[-:T]|\.\d+/g, "");
    for (const [name, value] of Object.entries({ ...values, modifyTimestamp: stamp })) {
      if (value === null) entry.attributes.delete(name.toLowerCase());
      else entry.attributes.set(name.toLowerCase(), { name, values: [value].flat() });
    }
  };
  const people = () => [...tree.entries.values()].filter(({ dn }) => dn.startsWith("uid=p"));
  return {
    people,
    change: (dn: string, values: Values) => set(entryOf(dn), values),
    remove: (dn: string) => void tree.remove(entryOf(dn).dn),
    /** Another place in the tree, the same entry. */
    move(dn: string, to: string) {
      const { attributes } = entryOf(dn);
      tree.remove(dn);
      const moved = tree.put(to, {});
      for (const [name, values] of attributes) moved.attributes.set(name, values);
    },
  };
}

/** Results, seen past row-level security. */
function looks({ sql: root, acme, entries }: Awaited<ReturnType<typeof openRoster>>) {
  return {
    statuses: async () =>
      Object.fromEntries(
        (
          await root`select status, count(*)::int as n from users where account_id = ${acme.id} and external_id is not null group by 1`
        ).map(({ status, n }) => [status, n]),
      ),
    /** What was said of each, by the part of the address or of the name before the first mark. */
    said: async (runId: string) =>
      Object.fromEntries(
        (await entries(runId)).map(({ email, outcome, reason }) => [
          String(email).split(/[@,]/)[0],
          reason ? `${outcome}: ${reason}` : outcome,
        ]),
      ),
    /** Fields by name of whoever has this uid in the directory. */
    userOf: async (externalId: string) =>
      (await root`select * from users where account_id = ${acme.id} and external_id = ${externalId}`)[0],
    /** The same of whoever the last sync met under this name of an entry. */
    personAt: async (dn: string) =>
      (
        await root`select u.* from directory_entries e join users u on u.account_id = e.account_id and u.id = e.user_id
          where e.account_id = ${acme.id} and e.dn_key = ${dnKey(dn)}`
      )[0],
    groups: async () =>
      Object.fromEntries(
        (
          await root`select g.name, count(m.user_id)::int as n from groups g left join group_members m on m.group_id = g.id
            where g.account_id = ${acme.id} and g.source = 'synced' group by 1 order by 1`
        ).map(({ name, n }) => [name, n]),
      ),
  };
}

export type Sync = Awaited<ReturnType<typeof openSync>>;
export type ServedSync = Awaited<ReturnType<typeof openSyncWith>>;
