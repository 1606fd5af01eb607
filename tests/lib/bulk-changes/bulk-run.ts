import { applyBulkChange } from "#lib/bulk-changes/apply-bulk-change.ts";
import { bulkChangeKind } from "#lib/bulk-changes/bulk-change-kind.ts";
import { requestBulkChange } from "#lib/bulk-changes/request-bulk-change.ts";
import { runSlice } from "#lib/runs/run-slice.ts";
import { undoKind } from "#lib/runs/undo-kind.ts";
import { openRoster } from "#tests/lib/runs/roster-run.ts";

/** A roster with the moves of a bulk change, as web and worker make them. */
export async function openBulk() {
  const roster = await openRoster();
  const failures: object[] = [];
  const log = { error: (fields: object) => void failures.push(fields) };
  const kinds = { bulk_change: bulkChangeKind, undo: undoKind };
  const work = (runId: string, signal = new AbortController().signal) =>
    roster.as("worker", () =>
      runSlice({ kinds, log, removalPercent: 5 }, { accountId: roster.acme.id, runId }, signal),
    );
  type Wish = Parameters<typeof requestBulkChange>[1];
  const ask = async (wish: Wish, actor = roster.actor) => {
    const asked = await roster.as("app", () => requestBulkChange(actor, wish));
    if (!asked.ok) throw new Error(`not asked: ${asked.reason}`);
    return asked.runId;
  };
  const apply = (runId: string, typed?: number, actor = roster.actor) =>
    roster.as("app", () => applyBulkChange(actor, { runId, typed }));
  const preview = async (wish: Wish, actor = roster.actor) => {
    const runId = await ask(wish, actor);
    await work(runId);
    return runId;
  };
  return {
    ...roster,
    failures,
    work,
    ask,
    apply,
    preview,
    /** From the question to the end; the run's id. */
    async change(wish: Wish, typed?: number) {
      const runId = await preview(wish);
      const applied = await apply(runId, typed);
      if (!applied.ok) throw new Error(`not applied: ${applied.reason}`);
      await work(runId);
      return runId;
    },
    ...looks(roster),
  };
}

/** Results, seen past row-level security. */
const looks = ({ sql, acme, entries }: Awaited<ReturnType<typeof openRoster>>) => ({
  limit: (seats: number | null) => sql`update accounts set seat_limit = ${seats} where id = ${acme.id}`,
  managed: async () =>
    (await sql`select count(*)::int as n from users where account_id = ${acme.id} and managed`)[0]?.n,
  openSpans: async () =>
    (
      await sql`select count(*)::int as n from managed_spans where account_id = ${acme.id} and managed_to is null`
    )[0]?.n,
  /** What was said of each person, by the part of the address before the @. */
  async said(runId: string) {
    return Object.fromEntries(
      (await entries(runId)).map(({ email, outcome, reason }) => [
        email?.split("@")[0] ?? "-",
        reason ? `${outcome}: ${reason}` : outcome,
      ]),
    );
  },
});

export type Bulk = Awaited<ReturnType<typeof openBulk>>;
