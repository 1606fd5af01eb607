import type { ReactNode } from "react";
import { ActionForm } from "#app/_components/action-form.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { countOf, number } from "#app/_components/number.ts";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import type { SyncState, SyncWait } from "#lib/directory/find-sync-state.ts";
import type { RunView } from "#lib/runs/run-view.ts";
import { RefreshWhile } from "./refresh-while.tsx";
import { cancelSync } from "./sync-actions.ts";

type Props = { run: RunView; wait: SyncState["wait"]; waiting: RunView | null };

/** What is under way, how far it is, and when it will be over. */
export function SyncBanner({ run, wait, waiting }: Props) {
  return (
    <section aria-label="Sync under way" className="space-y-4 rounded-box border border-info bg-base-200 p-5">
      <noscript>
        <meta httpEquiv="refresh" content="3" />
      </noscript>
      <RefreshWhile />
      <div aria-live="polite" className="space-y-1">
        <p className="text-lg">
          <strong className="font-semibold">Directory Synchronization is in-progress</strong>
          {run.mode === "check" && " (a preview: nobody is changed)"}
        </p>
        <p>{phaseOf(run)}</p>
      </div>
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        {run.state === "queued" && <Told name="Place in the queue">{number((wait?.ahead ?? 0) + 1)}</Told>}
        <Told name="People read">{number(run.counts.rows)}</Told>
        {run.state === "applying" && <Told name="Changes done">{number(run.progress.applied)}</Told>}
        <Told name="Expected end">{endOf(wait)}</Told>
        <Told name="Asked for by">{run.trigger === "manual" ? run.requestedBy : "the schedule"}</Told>
      </dl>
      <progress className="progress progress-primary h-2 w-full" aria-label="Progress of the sync" />
      <CancelSync run={run} />
      {waiting && (
        <div className="space-y-3 border-base-300 border-t pt-4">
          <p>
            {waiting.mode === "check" ? "A preview" : "A sync"} that {waiting.requestedBy} asked for starts
            right after it.
          </p>
          <CancelSync run={waiting} word="Cancel what waits" />
        </div>
      )}
    </section>
  );
}

function Told({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-base-content/75 text-sm">{name}</dt>
      <dd className="font-semibold text-xl">{children}</dd>
    </div>
  );
}

const endOf = (wait: SyncWait | null) => (wait?.endsAt ? <Moment at={wait.endsAt} /> : "not known yet");

/** Stops it after the part that is being done now; what is done stays. */
export function CancelSync({ run, word = "Cancel" }: { run: RunView; word?: string }) {
  if (run.cancelRequested) return <p>It is being cancelled, after the part that is being done now.</p>;
  return (
    <ActionForm action={cancelSync} className="space-y-3">
      <input type="hidden" name="run" value={run.id} />
      <SubmitButton className="btn btn-quiet btn-sm">{word}</SubmitButton>
    </ActionForm>
  );
}

function phaseOf({ state, removals, progress: { queuePlace } }: RunView): string {
  if (removals === "approved") return "The suspensions that were approved are being carried out.";
  if (state === "queued") return "It waits for its turn.";
  if (queuePlace !== null)
    return queuePlace > 1
      ? `It has read the directory, and waits for ${countOf(queuePlace - 1, "other run")} on this account to end.`
      : "It has read the directory, and is next.";
  if (state === "reading") return "The directory is being read.";
  return state === "planning"
    ? "The directory is being compared with the people here."
    : "The changes are being made.";
}
