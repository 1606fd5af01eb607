import { type SQL, sql } from "drizzle-orm";
import type { Author, UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import { requestTargetRun } from "#lib/runs/request-target-run.ts";
import { type Held, holdTarget, holdUntil } from "./sync/target.ts";

export type SyncRefusal =
  | { reason: "not_connected" | "no_agent" }
  | { reason: "on_hold"; until: Date }
  | { reason: "running"; runId: string };

export type RequestedSync = { ok: true; runId: string } | ({ ok: false } & SyncRefusal);

/** A manual run of the directory waits, executes, or has its approved removals carried out. */
export const manualUnderWay = (target: string): SQL => sql`
  select id from runs where target = ${target} and trigger = 'manual'
    and (state in ('queued', 'reading', 'planning', 'applying') or (state = 'planned' and mode = 'apply'))`;

/**
 * **Run Now**, or **Preview** (`check`: plans, changes nobody, and feels no hold). Refused while another manual one waits or
 * executes; an automatic one is waited for. Of any number at once one is taken.
 */
export async function requestSync(
  actor: UserActor,
  { mode, holdHours }: { mode: "check" | "apply"; holdHours: number },
): Promise<RequestedSync> {
  authorize(actor, "directory.sync");
  return withAccount(actor, (tx) => requestManual(tx, actor, { mode, holdHours }));
}

/** The same for whoever is named, in a transaction of the caller. */
export async function requestManual(
  tx: Transaction,
  author: Author,
  { mode, holdHours }: { mode: "check" | "apply"; holdHours: number },
): Promise<RequestedSync> {
  const held = await holdTarget(tx);
  if (!held?.ready) return { ok: false, reason: held?.connector === "agent" ? "no_agent" : "not_connected" };
  const isFree =
    mode === "check"
      ? sql`true`
      : sql`coalesce((select held_since from directories where id = ${held.id}), '-infinity') <= now() - ${holdHours}::numeric * interval '1 hour'`;
  const wish = { kind: "directory_sync", mode, trigger: "manual", span: "full" } as const;
  const runId = await requestTargetRun(
    tx,
    author,
    { ...wish, target: held.id, settingsVersion: held.version },
    sql`${isFree} and not exists (${manualUnderWay(held.id)})`,
  );
  return runId ? { ok: true, runId } : { ok: false, ...(await whyNot(tx, held, holdHours)) };
}

/** Why a manual run cannot begin; the hold, where nothing is under way. */
export async function whyNot(tx: Transaction, held: Held, holdHours: number): Promise<SyncRefusal> {
  const [run] = await tx.execute<{ id: string }>(manualUnderWay(held.id));
  if (run) return { reason: "running", runId: run.id };
  return { reason: "on_hold", until: holdUntil(held, holdHours) ?? new Date() };
}
