import { type SQL, sql } from "drizzle-orm";
import type { Network } from "#lib/network/checked-addresses.ts";
import { joinedBy } from "#lib/runs/joins.ts";
import type { RunKind, WorkedRun } from "#lib/runs/run-kind.ts";
import { confirmGone } from "./sync/confirm-gone.ts";
import { keepGroups, leaveSuspended } from "./sync/keep-groups.ts";
import { dropRepeated, markSharers, noteLost, planSync } from "./sync/plan-sync.ts";
import { readDirectory } from "./sync/read-directory.ts";
import { keepSnapshot, noteApproved, noteEnd } from "./sync/snapshot.ts";

const people = sql`select count(*)::int from users where external_id is not null and status not in ('suspended', 'deleted')`;

/** Besides their number: the first run under other settings, and a directory that lost a tenth. */
const isOver = (run: WorkedRun): SQL => sql`(
  select coalesce((r.options->>'rescoped')::boolean, false) or coalesce((r.options->>'fell')::boolean, false)
  from runs r where r.account_id = ${run.accountId} and r.id = ${run.id})`;

const forget = (run: WorkedRun): SQL[] =>
  ["run_groups", "run_group_members"].map(
    (table) => sql`delete from ${sql.raw(table)} where account_id = ${run.accountId} and run_id = ${run.id}`,
  );

/** How a run of the kind `directory_sync` reads the directory, and what it plans; the rest is the pipeline's. */
export const directorySyncKind = (network: Network): RunKind => ({
  readsAtOnce: { forget },
  read: (run, _checkpoint, signal) => readDirectory(network, run, signal),
  nothingFound: null,
  settle: (run) => [dropRepeated(run), markSharers(run), ...joinedBy("index", [noteLost(run)])],
  plan: planSync,
  guard: {
    people,
    isOver,
    waits: "Waits for approval: a sync may not remove these people by itself.",
  },
  applied: keepSnapshot,
  completed: (run, removals) =>
    removals ? [leaveSuspended(run), noteApproved(run)] : [...keepGroups(run), ...noteEnd(run)],
  confirm: (run, removals, signal) => confirmGone(network, run, removals, signal),
});
