import { ActionForm } from "#app/_components/action-form.tsx";
import { Alert } from "#app/_components/alert.tsx";
import { type Figure, Figures } from "#app/_components/figures.tsx";
import { OutcomeBar } from "#app/_components/outcome-bar.tsx";
import { Page } from "#app/_components/page.tsx";
import { runName } from "#app/_components/run-name.ts";
import { Section } from "#app/_components/section.tsx";
import { RunStateBadge } from "#app/_components/status-badges.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { bulkWords } from "#lib/runs/report-words.ts";
import type { RunView } from "#lib/runs/run-view.ts";
import { changedPeople } from "../../enrollment/import/bulk-status.ts";
import { importStatus, isOver, notDone } from "../../enrollment/import/import-status.ts";
import { crumbsOfBulk, mayChange, reportTitle } from "../../run-crumbs.ts";
import { cancelChange } from "./bulk-actions.ts";
import { BulkPreview } from "./bulk-preview.tsx";
import { LinesGone } from "./lines-gone.tsx";
import { ReportFacts } from "./report-facts.tsx";
import { UndoWorking } from "./undo/undo-working.tsx";
import { UndoNote } from "./undo-note.tsx";

type Props = { actor: UserActor; run: RunView };

/** One page for a change of many people, from the preview to what came of it. */
export function BulkReport({ actor, run }: Props) {
  const base = `/a/${actor.accountSlug}`;
  const here = `${base}/runs/${run.id}`;
  const checked = run.mode === "check" && run.state === "planned";
  const over = isOver(run);
  const status = importStatus(run, base);
  return (
    <Page
      title={reportTitle(run)}
      crumbs={crumbsOfBulk(actor, run)}
      lead={
        <span className="flex flex-wrap items-center gap-2">
          {runName(run)}: {run.bulkChange?.all ? "all that matched" : "what was ticked"}{" "}
          <RunStateBadge run={run} />
        </span>
      }
    >
      {run.failure && <Alert tone="error">{run.failure.sentence}</Alert>}
      {!over && <UndoWorking served={status} label="Status of the change" />}
      {!over && status.cancellable && isAllowed(actor, mayChange(run)) && <Cancel run={run} />}
      {over && !checked && (
        <p role="status" className="text-lg">
          <strong className="font-semibold">{status.fileName}</strong> {status.sentence}
        </p>
      )}
      {checked && <BulkPreview actor={actor} run={run} />}
      <UndoNote actor={actor} run={run} base={base} />
      {run.state === "completed" && <NoWayBack action={run.bulkChange?.action} />}
      {over && (
        <Section title={checked ? "All that was picked" : "What happened"}>
          <OutcomeBar shares={shares(run)} />
          <Figures label="By outcome" wide={4} figures={figures(run, `${here}/results`)} />
          {run.linesGone ? <LinesGone /> : <Links here={here} />}
        </Section>
      )}
      <ReportFacts run={run} />
    </Page>
  );
}

function NoWayBack({ action }: { action: string | undefined }) {
  if (action === "revoke") return <p>A revocation cannot be taken back: invite the people again instead.</p>;
  return action === "resend" ? (
    <p>Mails that went out cannot be taken back; Revoke ends the invitations.</p>
  ) : null;
}

function Cancel({ run }: { run: RunView }) {
  return (
    <ActionForm action={cancelChange}>
      <input type="hidden" name="run" value={run.id} />
      <SubmitButton className="btn btn-quiet btn-sm">Cancel</SubmitButton>
    </ActionForm>
  );
}

function figures(run: RunView, results: string): Figure[] {
  const { counts, bulkChange } = run;
  const { done = "changed", one } = bulkWords[bulkChange?.action ?? ""] ?? {};
  const outcome = counts.deleted > 0 ? "deleted" : counts.activated > 0 ? "activated" : "updated";
  const of = (value: string) => ({ href: `${results}?outcome=${value}` });
  const left = notDone(counts);
  return [
    { label: one ? "Invitations" : "People", value: counts.rows, href: results },
    { label: done.charAt(0).toUpperCase() + done.slice(1), value: changedPeople(run), ...of(outcome) },
    { label: "As they were", value: counts.unchanged, ...of("unchanged") },
    { label: "Skipped", value: counts.skipped, tone: "warn", ...of("skipped") },
    { label: "Failed", value: counts.failed, tone: "bad", ...of("failed") },
    ...(left > 0 ? [{ label: "Not done", value: left, tone: "warn" as const, ...of("not_done") }] : []),
  ];
}

function shares(run: RunView) {
  const { counts } = run;
  return [
    { label: "Changed", count: changedPeople(run), tone: "changed" as const },
    { label: "As they were", count: counts.unchanged, tone: "same" as const },
    { label: "Skipped", count: counts.skipped, tone: "skipped" as const },
    { label: "Failed", count: counts.failed, tone: "failed" as const },
    { label: "Not done", count: notDone(counts), tone: "left" as const },
  ];
}

function Links({ here }: { here: string }) {
  return (
    <div className="flex flex-wrap gap-3">
      <a className="btn btn-quiet btn-sm" href={`${here}/results`}>
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
