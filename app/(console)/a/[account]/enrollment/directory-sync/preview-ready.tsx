import { ActionForm } from "#app/_components/action-form.tsx";
import { Alert } from "#app/_components/alert.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { number } from "#app/_components/number.ts";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import type { SyncState } from "#lib/directory/find-sync-state.ts";
import type { RunView } from "#lib/runs/run-view.ts";
import { applyPlan, cancelSync } from "./sync-actions.ts";

type Props = { run: RunView; hold: SyncState["hold"]; base: string };

/** A preview that lies ready: what it would do, and a button that does exactly that. */
export function PreviewReady({ run, hold, base }: Props) {
  return (
    <section aria-label="Preview" className="space-y-3 rounded-box border border-base-300 p-5">
      <p>
        <strong className="font-semibold">The preview</strong> of <Moment at={run.requestedAt} />:{" "}
        {wouldDo(run)}.{" "}
        <a className="link" href={`${base}/runs/${run.id}`}>
          Look through it
        </a>
        .
      </p>
      {run.applicable && <ApplyPreview run={run} hold={hold} />}
    </section>
  );
}

/** A preview of which nothing came: nobody else would tell whoever asked for it. */
export const PreviewFailed = ({ run, base }: Pick<Props, "run" | "base">) => (
  <section aria-label="Preview that failed">
    <Alert tone="error">
      <strong className="font-semibold">The preview</strong> of <Moment at={run.requestedAt} /> failed; nobody
      was changed. {run.failure?.sentence}{" "}
      <a className="link" href={`${base}/runs/${run.id}`}>
        Report of the preview
      </a>
    </Alert>
  </section>
);

/** "3 new, 12 updated, 4 suspended" */
export function wouldDo({ counts }: Pick<RunView, "counts">): string {
  const told = (
    [
      [counts.created, "new"],
      [counts.updated, "updated"],
      [counts.deleted, "suspended"],
      [counts.activated, "restored"],
      [counts.waiting, "to be suspended once that is approved"],
    ] as const
  ).filter(([count]) => count > 0);
  return told.map(([count, word]) => `${number(count)} ${word}`).join(", ") || "nothing would be changed";
}

/** `hold` null: there is none, or it is not known here. */
export function ApplyPreview({ run, hold }: Pick<Props, "run" | "hold">) {
  return (
    <div className="space-y-2">
      <div className="flex flex-wrap items-start gap-3">
        {hold ? (
          <button type="button" className="btn btn-primary btn-sm" disabled aria-describedby="why-not-apply">
            Apply exactly this
          </button>
        ) : (
          <ActionForm action={applyPlan} className="space-y-3">
            <input type="hidden" name="run" value={run.id} />
            <SubmitButton className="btn btn-primary btn-sm">Apply exactly this</SubmitButton>
          </ActionForm>
        )}
        <ActionForm action={cancelSync} className="space-y-3">
          <input type="hidden" name="run" value={run.id} />
          <SubmitButton className="btn btn-quiet btn-sm">Drop the preview</SubmitButton>
        </ActionForm>
      </div>
      {hold ? (
        <p id="why-not-apply">
          It cannot be applied before the hold ends, <Moment at={hold.until} />. A preview that is older than
          an hour then has to be made anew.
        </p>
      ) : (
        <p className="text-base-content/75 text-sm">
          Applies this very plan, as a sync that was asked for. It can be applied for an hour; whoever is
          changed before is left as they are.
        </p>
      )}
    </div>
  );
}
