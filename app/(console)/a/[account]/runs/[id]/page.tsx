import type { Metadata } from "next";
import { Alert } from "#app/_components/alert.tsx";
import { type Figure, Figures } from "#app/_components/figures.tsx";
import { OutcomeBar } from "#app/_components/outcome-bar.tsx";
import { Page } from "#app/_components/page.tsx";
import { runName } from "#app/_components/run-name.ts";
import { Section } from "#app/_components/section.tsx";
import { RunStateBadge } from "#app/_components/status-badges.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { noSuchPage } from "#app/_web/no-such-page.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { anyOf } from "#lib/runs/operations-of-runs.ts";
import type { RunView } from "#lib/runs/run-view.ts";
import { isOver, notDone } from "../../enrollment/import/import-status.ts";
import { historyCrumbs, isBulkInvite, isSync, reportTitle } from "../../run-crumbs.ts";
import { runOf } from "../run-of.ts";
import { BulkReport } from "./bulk-report.tsx";
import { ApplyPlan } from "./changes/apply-plan.tsx";
import { LinesGone } from "./lines-gone.tsx";
import { Removals } from "./removals.tsx";
import { ReportAssumptions } from "./report-assumptions.tsx";
import { ReportFacts } from "./report-facts.tsx";
import { RunFunnel } from "./run-funnel.tsx";
import { SyncReport } from "./sync-report.tsx";
import { UndoNote } from "./undo-note.tsx";

type Props = { params: Promise<{ account: string; id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { account, id } = await params;
  const run = await runOf(await currentActor(account, anyOf("view")), id);
  return { title: run ? reportTitle(run) : "Report" };
}

export default async function ReportPage({ params }: Props) {
  const { account, id } = await params;
  const actor = await currentActor(account, anyOf("view"));
  const run = await runOf(actor, id);
  if (!run) noSuchPage();
  if (run.bulkChange) return <BulkReport actor={actor} run={run} />;
  return run.kind === "directory_sync" ? (
    <SyncReport actor={actor} run={run} />
  ) : (
    <ImportReport actor={actor} run={run} />
  );
}

function ImportReport({ actor, run }: { actor: UserActor; run: RunView }) {
  const base = `/a/${actor.accountSlug}`;
  return (
    <Page
      title={reportTitle(run)}
      crumbs={historyCrumbs(actor, run)}
      lead={
        <span className="flex flex-wrap items-center gap-2">
          <span className="min-w-0 break-words">{runName(run)}</span> <RunStateBadge run={run} />
        </span>
      }
      actions={run.applicable && <ApplyPlan runId={run.id} />}
    >
      {run.failure && (
        <Alert tone="error">
          {run.failure.sentence}
          {run.failure.reference && ` Reference: ${run.failure.reference}`}
        </Alert>
      )}
      {!isOver(run) && (
        <Alert tone="info">
          This run is not over yet, and its numbers are not final.{" "}
          <a
            className="link"
            href={
              run.undoes && isSync(run)
                ? `${base}/runs/${run.undoes.runId}/undo`
                : `${base}/enrollment/${run.kind === "bulk_invite" ? "bulk-invite" : "import"}?run=${run.id}`
            }
          >
            Follow it
          </a>
          .
        </Alert>
      )}
      <UndoNote actor={actor} run={run} base={base} />
      {run.removals !== "none" && <Removals actor={actor} run={run} here={`${base}/runs/${run.id}`} />}
      <Section title={run.mode === "check" ? "What would happen" : "What happened"}>
        <OutcomeBar shares={shares(run)} />
        <Figures label="Rows by outcome" wide={4} figures={figures(run, `${base}/runs/${run.id}/results`)} />
        {run.linesGone ? <LinesGone /> : <ReportLinks run={run} here={`${base}/runs/${run.id}`} />}
      </Section>
      <RunFunnel actor={actor} run={run} />
      {run.assumed && <ReportAssumptions assumed={run.assumed} />}
      <ReportFacts run={run} />
    </Page>
  );
}

function figures(run: RunView, results: string): Figure[] {
  const { counts } = run;
  const left = isOver(run) ? notDone(counts) : 0;
  const of = (outcome: string) => ({ href: `${results}?outcome=${outcome}` });
  if (run.kind === "bulk_invite")
    return [
      { label: "Addresses", value: counts.rows, href: results },
      { label: "Invited", value: counts.created, ...of("new") },
      { label: "Mailed again", value: counts.updated, ...of("updated") },
      { label: "Skipped", value: counts.skipped, tone: "warn", ...of("skipped") },
      { label: "Failed", value: counts.failed, tone: "bad", ...of("failed") },
      ...(left > 0 ? [{ label: "Not done", value: left, tone: "warn" as const, ...of("not_done") }] : []),
    ];
  return [
    { label: "Rows", value: counts.rows, href: results },
    { label: "New", value: counts.created, ...of("new") },
    { label: "Updated", value: counts.updated, ...of("updated") },
    { label: "Deleted", value: counts.deleted, ...of("deleted") },
    { label: "Activated", value: counts.activated, ...of("activated") },
    { label: "Unchanged", value: counts.unchanged, ...of("unchanged") },
    { label: "Skipped", value: counts.skipped, tone: "warn", ...of("skipped") },
    { label: "Failed", value: counts.failed, tone: "bad", ...of("failed") },
    ...(counts.waiting > 0
      ? [{ label: "Waiting", value: counts.waiting, tone: "warn" as const, ...of("waiting") }]
      : []),
    ...(left > 0 ? [{ label: "Not done", value: left, tone: "warn" as const, ...of("not_done") }] : []),
  ];
}

function shares(run: RunView) {
  const { counts } = run;
  return [
    { label: "New", count: counts.created + counts.activated, tone: "new" as const },
    { label: "Changed", count: counts.updated + counts.deleted, tone: "changed" as const },
    { label: "Unchanged", count: counts.unchanged, tone: "same" as const },
    { label: "Skipped", count: counts.skipped, tone: "skipped" as const },
    { label: "Waiting", count: counts.waiting, tone: "waiting" as const },
    { label: "Failed", count: counts.failed, tone: "failed" as const },
    { label: "Not done", count: isOver(run) ? notDone(counts) : 0, tone: "left" as const },
  ];
}

function ReportLinks({ run, here }: { run: RunView; here: string }) {
  return (
    <div className="space-y-2">
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
        {run.counts.failed > 0 && (
          <a className="btn btn-quiet btn-sm" href={`${here}/failed.csv`} download>
            Failed rows
          </a>
        )}
        {run.counts.failed > 0 && isOver(run) && !isBulkInvite(run) && !isSync(run) && (
          <a className="btn btn-quiet btn-sm" href={`${here}/mend`}>
            Mend here
          </a>
        )}
      </div>
      {run.counts.failed > 0 && (
        <p className="max-w-prose text-base-content/75 text-sm">
          <strong className="font-semibold">Failed rows</strong> is a file of just these, with the reason at
          the beginning of each.{" "}
          {isBulkInvite(run) ? (
            "Correct them there and upload that file on Bulk Invite; the reasons are passed over."
          ) : (
            <>
              Mend them there and import that file, or <strong className="font-semibold">Mend here</strong>,
              in the browser.
            </>
          )}
        </p>
      )}
    </div>
  );
}
