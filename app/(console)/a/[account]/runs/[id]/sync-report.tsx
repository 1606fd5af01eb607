import { Alert } from "#app/_components/alert.tsx";
import { OutcomeBar } from "#app/_components/outcome-bar.tsx";
import { Page } from "#app/_components/page.tsx";
import { Section } from "#app/_components/section.tsx";
import { RunStateBadge } from "#app/_components/status-badges.tsx";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import type { RunView } from "#lib/runs/run-view.ts";
import { ApplyPreview } from "../../enrollment/directory-sync/preview-ready.tsx";
import { RefreshWhile } from "../../enrollment/directory-sync/refresh-while.tsx";
import { CancelSync } from "../../enrollment/directory-sync/sync-banner.tsx";
import { isOver, isRemoving } from "../../enrollment/import/import-status.ts";
import { historyCrumbs, reportTitle } from "../../run-crumbs.ts";
import { LinesGone } from "./lines-gone.tsx";
import { Removals } from "./removals.tsx";
import { ReportFacts } from "./report-facts.tsx";
import { RunFunnel } from "./run-funnel.tsx";
import { SyncFigures, sharesOfSync } from "./sync-figures.tsx";
import { UndoNote } from "./undo-note.tsx";

type Props = { actor: UserActor; run: RunView };

/** What a sync made, or would make, of the people of the directory. */
export function SyncReport({ actor, run }: Props) {
  const base = `/a/${actor.accountSlug}`;
  const here = `${base}/runs/${run.id}`;
  const isPreview = run.mode === "check";
  return (
    <Page
      title={reportTitle(run)}
      crumbs={historyCrumbs(actor, run)}
      lead={
        <span className="flex flex-wrap items-center gap-2">
          {isPreview ? "A preview: nobody was changed" : begun[run.trigger]} <RunStateBadge run={run} />
        </span>
      }
    >
      {run.failure && (
        <Alert tone="error">
          {run.failure.sentence}
          {run.counts.deleted === 0 && " Nobody was suspended."}
          {run.failure.reference && ` Reference: ${run.failure.reference}`}
        </Alert>
      )}
      {!isOver(run) && <NotOver actor={actor} run={run} sync={`${base}/enrollment/directory-sync`} />}
      {isPreview && run.state === "planned" && <Preview actor={actor} run={run} />}
      <UndoNote actor={actor} run={run} base={base} />
      {run.sync?.uncounted && (
        <Alert tone="info">
          {run.span === "incremental"
            ? "Of people who are here the directory showed too few. Who was deleted there was therefore not taken for gone; the next complete sync looks again."
            : "Counted once more, the directory showed another number of people. Who was missing was therefore not taken for gone; the next sync looks again."}
        </Alert>
      )}
      {run.removals !== "none" && <Removals actor={actor} run={run} here={here} />}
      <Section title={isPreview ? "What would happen" : "What happened"}>
        <OutcomeBar shares={sharesOfSync(run)} />
        <SyncFigures run={run} here={here} />
        {run.linesGone ? <LinesGone /> : <ReportLinks here={here} />}
      </Section>
      <RunFunnel actor={actor} run={run} />
      <ReportFacts run={run} sync={`${base}/enrollment/directory-sync`} />
    </Page>
  );
}

const begun = {
  manual: "Asked for by hand",
  scheduled: "By the schedule",
  weekly: "Automatic weekly sync",
} as const;

function NotOver({ actor, run, sync }: Props & { sync: string }) {
  return (
    <div className="space-y-3">
      <noscript>
        <meta httpEquiv="refresh" content="3" />
      </noscript>
      <RefreshWhile />
      <Alert tone="info">
        {isRemoving(run)
          ? "The suspensions that were approved are being carried out."
          : "This run is not over yet, and its numbers are not final."}{" "}
        <a className="link" href={sync}>
          Follow it
        </a>
        .
      </Alert>
      {isAllowed(actor, "directory.sync") && <CancelSync run={run} />}
    </div>
  );
}

function Preview({ actor, run }: Props) {
  const { created, updated, deleted, activated, waiting } = run.counts;
  if (run.applicable && isAllowed(actor, "directory.sync")) return <ApplyPreview run={run} hold={null} />;
  return (
    <p>
      {created + updated + deleted + activated + waiting === 0
        ? "Nothing would be changed: everybody here is as the directory says."
        : "This preview cannot be applied any more: it is older than an hour, or the settings are others. Make a new one."}
    </p>
  );
}

function ReportLinks({ here }: { here: string }) {
  return (
    <div className="flex flex-wrap gap-3">
      <a className="btn btn-primary btn-sm" href={`${here}/results`}>
        Results
      </a>
      <a className="btn btn-quiet btn-sm" href={`${here}/changes`}>
        Changes, field by field
      </a>
      <a className="btn btn-quiet btn-sm" href={`${here}/report.csv`} download>
        Download as CSV
      </a>
    </div>
  );
}
