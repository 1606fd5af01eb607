import type { ReactNode } from "react";
import { Moment } from "#app/_components/moment.tsx";
import { countOf } from "#app/_components/number.ts";
import { runName } from "#app/_components/run-name.ts";
import { RunStateBadge } from "#app/_components/status-badges.tsx";
import type { LatestInvitation } from "#lib/invitations/list-latest-invitations.ts";
import { mailWord } from "#lib/mail/mail-standing.ts";
import type { WaitingRemovals } from "#lib/runs/list-waiting-removals.ts";
import type { RunView } from "#lib/runs/run-view.ts";

const Now = ({ children }: { children: ReactNode }) => (
  <p className="break-words text-base-content/75 text-sm">{children}</p>
);

export function InviteNow({ latest }: { latest: LatestInvitation | undefined }) {
  if (!latest) return <Now>Nobody was invited yet.</Now>;
  const { email, invitedBy, at, mail } = latest;
  return (
    <Now>
      Last invited: {email}
      {invitedBy && `, by ${invitedBy}`}, <Moment at={at} />.{mail && ` Mail ${mailWord(mail)}.`}
    </Now>
  );
}

type FileProps = { base: string; run: RunView | undefined; none: string };

/** The last file that anybody brought. */
export function FileNow({ base, run, none }: FileProps) {
  if (!run) return <Now>{none}</Now>;
  return (
    <Now>
      Last file:{" "}
      <a className="link" href={`${base}/runs/${run.id}`}>
        {runName(run)}
      </a>
      , by {run.requestedBy}, <Moment at={run.requestedAt} /> <RunStateBadge run={run} />
    </Now>
  );
}

/** The last run that keeps people true to the directory. */
export function SyncNow({ base, run }: { base: string; run: RunView | undefined }) {
  if (!run) return <Now>No sync was made yet.</Now>;
  return (
    <Now>
      Last sync:{" "}
      <a className="link" href={`${base}/runs/${run.id}`}>
        <Moment at={run.requestedAt} />
      </a>
      , by {run.requestedBy} <RunStateBadge run={run} />
    </Now>
  );
}

/** What goes no further until somebody decides. */
export const WaitingNow = ({ base, waiting }: { base: string; waiting: WaitingRemovals[] }) =>
  waiting.map(({ runId, people, fileName }) => (
    <p key={runId} className="break-words text-sm">
      <strong className="font-medium">{countOf(people, "person", "people")}</strong>{" "}
      {people === 1 ? "waits" : "wait"} for approval to be suspended
      {fileName && `, from ${fileName}`}.{" "}
      <a className="link" href={`${base}/runs/${runId}#removals`}>
        Approve or discard
      </a>
    </p>
  ));
