import { applyUndo } from "#lib/runs/apply-undo.ts";
import { requestUndo } from "#lib/runs/request-undo.ts";
import { runSlice } from "#lib/runs/run-slice.ts";
import { undoKind } from "#lib/runs/undo-kind.ts";
import { openRoster, type Roster } from "./roster-run.ts";

export type Undoing = Awaited<ReturnType<typeof openUndoing>>;

/** A roster with the moves of an undo, as web and worker make them. */
export async function openUndoing() {
  const roster = await openRoster();
  const ask = (runId: string, actor = roster.actor) => roster.as("app", () => requestUndo(actor, runId));
  const apply = (runId: string, typed: number, actor = roster.actor) =>
    roster.as("app", () => applyUndo(actor, { runId, typed }));
  const work = (runId: string, signal = new AbortController().signal) =>
    roster.as("worker", () =>
      runSlice(
        { kinds: { undo: undoKind }, log: { error: () => {} }, removalPercent: 5 },
        { accountId: roster.acme.id, runId },
        signal,
      ),
    );
  /** The plan of an undo, and how many people it changes. */
  const preview = async (runId: string) => {
    const asked = await ask(runId);
    if (!asked.ok) throw new Error(`no undo: ${asked.reason}`);
    await work(asked.runId);
    const run = await roster.run(asked.runId);
    return { undo: asked.runId, people: run.created + run.updated + run.deleted + run.activated };
  };
  return {
    ...roster,
    ask,
    apply,
    work,
    preview,
    /** From the question to the end; the undo's id. */
    async undo(runId: string) {
      const { undo, people } = await preview(runId);
      const applied = await apply(undo, people);
      if (!applied.ok) throw new Error(`not applied: ${applied.reason}`);
      await work(undo);
      return undo;
    },
    account: () => wholeAccount(roster),
  };
}

/** Everything that an import changes, but for what history keeps: versions, times, ended invitations, empty groups. */
async function wholeAccount({ sql, acme }: Roster) {
  return {
    people: await sql`select to_jsonb(u) - 'version' - 'updated_at' - 'suspended_at' as person from users u
      where account_id = ${acme.id} order by id`,
    open: await sql`select id, email, generation, expires_at from invitations
      where account_id = ${acme.id} and state = 'open' and expires_at > now() order by id`,
    members: await sql`select g.name, m.user_id from group_members m join groups g on g.id = m.group_id
      where m.account_id = ${acme.id} order by 1, 2`,
    roles: await sql`select role_id, user_id from role_grants where account_id = ${acme.id} order by 1, 2`,
  };
}
