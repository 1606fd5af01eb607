import { ActionForm } from "#app/_components/action-form.tsx";
import { Alert } from "#app/_components/alert.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import type { RunView } from "#lib/runs/run-view.ts";
import { startUndo } from "./undo/undo-actions.ts";

type Props = { actor: UserActor; run: RunView; base: string };

/** What the report of an import says of its undo, and the way to it; what that of an undo says of its import. */
export function UndoNote({ actor, run, base }: Props) {
  if (run.undoes) return <Undoes undoes={run.undoes} base={base} />;
  if (run.undoneBy) return <Undone by={run.undoneBy} base={base} />;
  if (!run.undoable || !isAllowed(actor, "imports.undo")) return null;
  return (
    <ActionForm action={startUndo} className="space-y-3">
      <input type="hidden" name="run" value={run.id} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <SubmitButton className="btn btn-quiet btn-sm">Undo this import</SubmitButton>
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
        the import of {undoes.fileName ?? "a file"}
      </a>{" "}
      did. An undo cannot be undone: import the file again instead.
    </p>
  );
}

function Undone({ by, base }: { by: NonNullable<RunView["undoneBy"]>; base: string }) {
  return (
    <Alert tone="info">
      {by.at ? "This import was undone" : "This import is being undone"} by {by.by}
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
