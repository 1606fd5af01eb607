import { ActionForm } from "#app/_components/action-form.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import type { DirectoryView } from "#lib/directory/find-directory.ts";
import type { SyncState } from "#lib/directory/find-sync-state.ts";
import { runNow, wishRun } from "./sync-actions.ts";

type Props = { directory: DirectoryView; state: SyncState; here: string };

const isConnected = ({ ready, settings }: DirectoryView): boolean => ready && settings.connector === "cloud";

/** Somebody has asked for one that has not ended yet. */
const isAsked = ({ now, waiting }: SyncState): boolean => now?.trigger === "manual" || waiting !== null;

/** The buttons, and beside one that is off, why. */
export function RunButtons({ directory, state, here }: Props) {
  const isOff = !isConnected(directory) || isAsked(state);
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-start gap-3">
        <RunButton mode="apply" off={isOff || state.hold !== null}>
          Run Now
        </RunButton>
        <RunButton mode="check" off={isOff}>
          Preview
        </RunButton>
        <a className="btn btn-quiet" href={`${here}/history`}>
          Sync History
        </a>
      </div>
      <WhyOff directory={directory} state={state} here={here} />
    </div>
  );
}

function RunButton({ mode, off, children }: { mode: "apply" | "check"; off: boolean; children: string }) {
  const look = mode === "apply" ? "btn btn-primary" : "btn btn-quiet";
  if (off)
    return (
      <button type="button" className={look} disabled aria-describedby="why-off">
        {children}
      </button>
    );
  return (
    <ActionForm action={runNow}>
      <input type="hidden" name="mode" value={mode} />
      <SubmitButton className={look}>{children}</SubmitButton>
    </ActionForm>
  );
}

function WhyOff({ directory, state, here }: Props) {
  if (!isConnected(directory)) return <NotConnected directory={directory} here={here} />;
  if (isAsked(state))
    return (
      <p id="why-off">
        A sync that somebody asked for is under way; another can be asked for when it has ended.
      </p>
    );
  if (state.hold) return <OnHold hold={state.hold} wish={state.wish} />;
  return state.now ? (
    <p id="why-off">A scheduled sync is under way. Run Now makes another one that starts right after it.</p>
  ) : null;
}

function NotConnected({ directory, here }: Pick<Props, "directory" | "here">) {
  if (directory.settings.connector === "agent") return <p id="why-off">No agent is connected.</p>;
  return (
    <p id="why-off">
      <a className="link" href={`${here}/connection`}>
        Define the connection first
      </a>
      {directory.settings.connection && ": it is saved, and has not stood its test yet"}.
    </p>
  );
}

function OnHold({ hold, wish }: { hold: NonNullable<SyncState["hold"]>; wish: SyncState["wish"] }) {
  return (
    <div className="space-y-2">
      <p id="why-off">
        Completed <Moment at={hold.since} />; available again <Moment at={hold.until} />. A sync can be asked
        for once in that time; scheduled ones go on.
      </p>
      <ActionForm action={wishRun} className="flex flex-wrap items-center gap-3">
        <input type="hidden" name="wish" value={wish ? "withdraw" : "run"} />
        {wish && <span>{wish.mine ? "You have" : `${wish.by} has`} asked for a run when the hold ends.</span>}
        <SubmitButton className="btn btn-quiet btn-sm">
          {wish ? "Take that back" : "Run when the hold ends"}
        </SubmitButton>
      </ActionForm>
    </div>
  );
}
