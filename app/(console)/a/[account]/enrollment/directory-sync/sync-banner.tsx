import { ActionForm } from "#app/_components/action-form.tsx";
import { countOf, duration, number } from "#app/_components/number.ts";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import type { SyncState } from "#lib/directory/find-sync-state.ts";
import type { RunView } from "#lib/runs/run-view.ts";
import { RefreshWhile } from "./refresh-while.tsx";
import { cancelSync } from "./sync-actions.ts";

/** What is under way, how far it is, and when it will be over. */
export function SyncBanner({ run, wait }: { run: RunView; wait: SyncState["wait"] }) {
  return (
    <section aria-label="Sync under way" className="space-y-3 rounded-box border border-info bg-base-200 p-5">
      <noscript>
        <meta httpEquiv="refresh" content="5" />
      </noscript>
      <RefreshWhile />
      <p aria-live="polite" className="text-lg">
        <strong className="font-semibold">Directory Synchronization is in-progress</strong>
        {run.mode === "check" && " (a preview: nobody is changed)"}
      </p>
      <p>{phaseOf(run, wait?.ahead ?? 0)}</p>
      <progress className="progress progress-primary h-2 w-full" aria-label="Progress of the sync" />
      {wait?.seconds && <p>About {duration(wait.seconds)} more.</p>}
      {run.cancelRequested ? (
        <p>It is being cancelled.</p>
      ) : (
        <ActionForm action={cancelSync}>
          <input type="hidden" name="run" value={run.id} />
          <SubmitButton className="btn btn-quiet">Cancel</SubmitButton>
        </ActionForm>
      )}
    </section>
  );
}

function phaseOf({ state, counts, progress }: RunView, ahead: number): string {
  const people = countOf(counts.rows, "person", "people");
  if (state === "queued")
    return ahead === 0
      ? "Next in the queue."
      : `Number ${number(ahead + 1)} in the queue; ${ahead === 1 ? "one sync comes" : `${number(ahead)} syncs come`} before it.`;
  if (state === "reading")
    return progress.queuePlace === null
      ? `Reading the directory: ${people} so far.`
      : `${people} read. Waits for other work on this account to end.`;
  if (state === "planning") return `${people} read. Comparing them with the people here.`;
  if (state === "planned") return `${people} read. Waits for its turn.`;
  return `${people} read. Carrying out the changes: ${number(progress.applied)} done.`;
}
