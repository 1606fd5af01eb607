import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { anyOf, bulkKindOf, isInvitationAction } from "./operations-of-runs.ts";

type RequestedImport = {
  kind: "import";
  mode: "check" | "apply";
  uploadId: string;
  options: Record<string, unknown>;
  assumed: unknown;
  /** The run whose failed lines it tries again. */
  mends?: string | null;
};
/** An invitation of everybody on a list is carried out at once. */
type RequestedBulkInvite = {
  kind: "bulk_invite";
  mode: "apply";
  uploadId: string;
  options: Record<string, unknown>;
  assumed: unknown;
};

/** Of an undo nothing is carried out before somebody has seen its plan. */
type RequestedUndo = { kind: "undo"; mode: "check"; undoes: string };

/** Nor of a selection of people; `options` name the people and what becomes of them. */
type RequestedBulkChange = { kind: "bulk_change"; mode: "check"; options: Record<string, unknown> };

// Of an undo whoever asks for it has checked which kind of run it takes back.
const asks = ({ kind, options }: { kind: keyof typeof asked; options?: Record<string, unknown> }) => {
  if (isInvitationAction(options?.action)) return `invitations.${options.action}` as const;
  return bulkKindOf(options?.action) === "people_invite" ? "bulk_invites.create" : asked[kind];
};

const asked = {
  import: "imports.create",
  bulk_invite: "bulk_invites.create",
  bulk_change: "bulk_changes.create",
  undo: anyOf("undo"),
} as const;

/** The run's row and its job, in the caller's transaction. Returns the run's id. */
export async function requestRun(
  tx: Transaction,
  actor: UserActor,
  run: RequestedImport | RequestedBulkInvite | RequestedUndo | RequestedBulkChange,
): Promise<string> {
  authorize(actor, asks(run));
  const { uploadId, options, assumed, undoes, mends } = { ...nothing, ...run };
  const [made] = await tx.execute<{ id: string }>(sql`
    insert into runs (account_id, kind, mode, requested_by, requested_by_name, upload_id, options, assumed, undoes, mends)
    values (${actor.accountId}, ${run.kind}, ${run.mode}, ${actor.userId}, ${actor.userName}, ${uploadId},
      ${JSON.stringify(options)}::jsonb, ${assumed && JSON.stringify(assumed)}::jsonb, ${undoes}, ${mends})
    returning id`);
  const runId = made?.id as string;
  await recordEvent(tx, actor, {
    action: "run.requested",
    subjectKind: "run",
    subjectId: runId,
    runId,
    details: { kind: run.kind, mode: run.mode },
  });
  await enqueue(tx, "run-slice", { accountId: actor.accountId, runId });
  return runId;
}

const nothing = { uploadId: null, options: {}, assumed: null, undoes: null, mends: null };
