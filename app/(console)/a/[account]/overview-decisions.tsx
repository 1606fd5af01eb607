import { Moment } from "#app/_components/moment.tsx";
import { countOf } from "#app/_components/number.ts";
import { runName } from "#app/_components/run-name.ts";
import { Section } from "#app/_components/section.tsx";
import type { DirectoryHealth } from "#lib/directory/find-directory-health.ts";
import type { MailDecisions } from "#lib/overview/read-mail-decisions.ts";
import type { WaitingRemovals } from "#lib/runs/list-waiting-removals.ts";
import type { RunView } from "#lib/runs/run-view.ts";
import { MailDecisionItems } from "./mails/mail-decision-items.tsx";

type Props = {
  base: string;
  waiting: WaitingRemovals[];
  runs: RunView[];
  /** Null: there is none, or who looks may not see it. */
  directory: DirectoryHealth | null;
  /** Null: who looks may decide nothing about mails. */
  mail: MailDecisions | null;
  mayResume: boolean;
};

/** What goes no further until somebody decides; nothing where nothing waits. */
export function OverviewDecisions(props: Props) {
  const { base, waiting, runs, directory, mail, mayResume } = props;
  const sync = directory && (directory.failed || directory.overdueDays !== null) ? directory : null;
  const planned = runs.filter(({ applicable }) => applicable);
  const checked = planned.filter(({ kind }) => kind === "import");
  const bulk = planned.filter(({ kind }) => kind === "bulk_change");
  const undos = runs.filter(
    ({ kind, mode, state }) => kind === "undo" && mode === "check" && state === "planned",
  );
  const mails = mail !== null && (mail.stopped !== null || mail.unknown.count > 0);
  if (!mails && !sync && waiting.length + checked.length + bulk.length + undos.length === 0) return null;
  return (
    <Section title="Waits for a decision">
      <ul className="divide-y divide-base-300 border-base-300 border-y [&>li]:py-2.5">
        {mail && <MailDecisionItems base={base} mail={mail} mayResume={mayResume} />}
        {sync && <SyncItem base={base} sync={sync} />}
        {waiting.map(({ runId, kind, people, fileName }) => (
          <li key={runId}>
            <strong className="font-medium">{countOf(people, "person", "people")}</strong>{" "}
            {people === 1 ? "waits" : "wait"} for your approval to be suspended
            {kind === "directory_sync" && ", by a sync of the directory"}
            {fileName && <span className="break-words">, from {fileName}</span>}.{" "}
            <Way href={`${base}/runs/${runId}#removals`}>Approve or discard</Way>.
          </li>
        ))}
        {checked.map((run) => (
          <li key={run.id}>
            <strong className="break-words font-medium">{runName(run)}</strong> was checked, but not imported.{" "}
            <Way href={`${base}/enrollment/import?run=${run.id}`}>Look at the plan</Way>.
          </li>
        ))}
        {bulk.map((run) => (
          <li key={run.id}>
            <strong className="break-words font-medium">{runName(run)}</strong> is planned, but not carried
            out. <Way href={`${base}/runs/${run.id}`}>Look at the plan</Way>.
          </li>
        ))}
        {undos.map((run) => (
          <li key={run.id}>
            <strong className="break-words font-medium">{runName(run)}</strong> is planned, but not carried
            out. <Way href={`${base}/runs/${run.undoes?.runId ?? run.id}/undo`}>Look at the preview</Way>.
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** A sync that nobody asked for has failed, or none was completed for long. */
function SyncItem({ base, sync: { failed, overdueDays } }: { base: string; sync: DirectoryHealth }) {
  const page = <Way href={`${base}/enrollment/directory-sync`}>Directory Sync</Way>;
  if (!failed)
    return (
      <li>
        <strong className="font-medium">No sync of the directory</strong> was completed for{" "}
        {countOf(overdueDays ?? 0, "day")}. See {page}.
      </li>
    );
  return (
    <li>
      <strong className="font-medium">
        The {failed.trigger === "weekly" ? "automatic weekly" : "scheduled"} sync
      </strong>{" "}
      failed, <Moment at={failed.at} />. <span className="break-words">{failed.sentence}</span>{" "}
      <Way href={`${base}/runs/${failed.runId}`}>Look at its report</Way>, or run it again on {page}.
    </li>
  );
}

const Way = ({ href, children }: { href: string; children: string }) => (
  <a className="link" href={href}>
    {children}
  </a>
);
