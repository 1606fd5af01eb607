import { ActionForm } from "#app/_components/action-form.tsx";
import { Alert } from "#app/_components/alert.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import type { RunView } from "#lib/runs/run-view.ts";
import { mayUndo, runWord } from "./undo/run-word.ts";
import { startUndo } from "./undo/undo-actions.ts";

type Props = { actor: UserActor; run: RunView; base: string };

/** What the report of an import says of its undo, and the way to it; what that of an undo says of its import. */
export function UndoNote({ actor, run, base }: Props) {
  if (run.undoes) return <Undoes undoes={run.undoes} base={base} />;
  if (run.undoneBy) return <Undone by={run.undoneBy} what={runWord(run)} base={base} />;
  if (!run.undoable || !isAllowed(actor, mayUndo(run))) return null;
  return (
    <ActionForm action={startUndo} className="space-y-3">
      <input type="hidden" name="run" value={run.id} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <SubmitButton className="btn btn-quiet btn-sm">{`Undo this ${runWord(run)}`}</SubmitButton>
        <span className="text-base-content/75 text-sm">
          Shows first what would be undone; nothing is changed before you confirm it.
        </span>
      </div>
    </ActionForm>
  );
}

function Undoes({ undoes, base }: { undoes: NonNullable<RunView["undoes"]>; base: string }) {
  return (
    <p>
      Takes back what{" "}
      <a className="link break-words" href={`${base}/runs/${undoes.runId}`}>
        {undoes.kind === "bulk_change"
          ? "a change of many people"
          : undoes.kind === "directory_sync"
            ? "a sync of the directory"
            : `the ${runWord(undoes)} of ${undoes.fileName ?? "a file"}`}
      </a>{" "}
      did. An undo cannot be undone{again[undoes.kind] ?? ": upload the file again instead"}.
    </p>
  );
}

const again: Partial<Record<RunView["kind"], string>> = {
  bulk_change: "",
  directory_sync: ": the next sync brings all of it again",
};

type UndoneProps = { by: NonNullable<RunView["undoneBy"]>; what: string; base: string };

function Undone({ by, what, base }: UndoneProps) {
  return (
    <Alert tone="info">
      This {what} {by.at ? "was undone" : "is being undone"} by {by.by}
      {by.at && (
        <>
          , <Moment at={by.at} />
        </>
      )}
      .{" "}
      <a className="link" href={`${base}/runs/${by.runId}`}>
        Report of the undo
      </a>
    </Alert>
  );
}
