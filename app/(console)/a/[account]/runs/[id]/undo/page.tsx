import type { Metadata } from "next";
import { ActionForm } from "#app/_components/action-form.tsx";
import { Page } from "#app/_components/page.tsx";
import { runName } from "#app/_components/run-name.ts";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { noSuchPage } from "#app/_web/no-such-page.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { findRun } from "#lib/runs/find-run.ts";
import { findUndo, type UndoFound } from "#lib/runs/find-undo.ts";
import { anyOf } from "#lib/runs/operations-of-runs.ts";
import type { RunView } from "#lib/runs/run-view.ts";
import { importStatus, isOver } from "../../../enrollment/import/import-status.ts";
import { reportCrumbs } from "../../../run-crumbs.ts";
import { mayUndo, runWord } from "./run-word.ts";
import { startUndo } from "./undo-actions.ts";
import { UndoPreview } from "./undo-preview.tsx";
import { UndoWorking } from "./undo-working.tsx";

export const metadata: Metadata = { title: "Undo" };

export default async function UndoPage({ params }: { params: Promise<{ account: string; id: string }> }) {
  const { account, id } = await params;
  const actor = await currentActor(account, anyOf("undo"));
  const run = await findRun(actor, id);
  if (!run || run.undoes || !isAllowed(actor, mayUndo(run))) noSuchPage();
  const base = `/a/${actor.accountSlug}`;
  return (
    <Page
      title={run.kind === "import" ? "Undo an import" : `Undo a ${runWord(run)}`}
      crumbs={reportCrumbs(actor, run)}
      lead={<span className="break-words">{runName(run)}</span>}
    >
      <Undo run={run} found={await findUndo(actor, id)} base={base} />
    </Page>
  );
}

function Undo({ run, found, base }: { run: RunView; found: UndoFound | null; base: string }) {
  if (found && !isOver(found.undo)) return <UndoWorking served={importStatus(found.undo, base)} />;
  if (found?.undo.state === "completed") return <Done run={run} undo={found.undo} base={base} />;
  if (found?.confirmable) return <UndoPreview run={run} found={found} base={base} />;
  if (run.undoable) return <Ask run={run} tooOld={found !== null} />;
  return (
    <p className="max-w-prose">
      This {runWord(run)} cannot be undone: it changed nobody, is not over yet, or ended more than 30 days
      ago.
    </p>
  );
}

function Ask({ run, tooOld }: { run: RunView; tooOld: boolean }) {
  return (
    <ActionForm action={startUndo} className="space-y-4">
      <input type="hidden" name="run" value={run.id} />
      <p className="max-w-prose">
        {tooOld && "The plan that was made is older than an hour, and people may have changed since. "}
        First see what an undo would do. Nothing is changed before you confirm it.
      </p>
      <SubmitButton>Show what would be undone</SubmitButton>
    </ActionForm>
  );
}

function Done({ run, undo, base }: { run: RunView; undo: RunView; base: string }) {
  const { fileName, sentence, report } = importStatus(undo, base);
  return (
    <section aria-label="Status of the undo" className="space-y-3">
      <p className="break-words text-lg" role="status">
        <strong className="font-semibold">{fileName}</strong> {sentence}
      </p>
      <p className="flex flex-wrap gap-x-6 gap-y-2">
        <a className="link" href={report}>
          Report of the undo
        </a>
        <a className="link" href={`${base}/runs/${run.id}`}>
          {`Report of the ${runWord(run)}`}
        </a>
      </p>
    </section>
  );
}
