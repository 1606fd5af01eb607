import type { Metadata } from "next";
import { EmptyState } from "#app/_components/empty-state.tsx";
import { cappedCount, number } from "#app/_components/number.ts";
import { Page } from "#app/_components/page.tsx";
import { Pager } from "#app/_components/pager.tsx";
import { runName } from "#app/_components/run-name.ts";
import { outcomeOf } from "#app/_components/status-badges.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { noSuchPage } from "#app/_web/no-such-page.ts";
import { oneOf, placeOf } from "#app/_web/query.ts";
import { withQuery } from "#app/_web/with-query.ts";
import { listEntries } from "#lib/runs/list-entries.ts";
import { anyOf } from "#lib/runs/operations-of-runs.ts";
import { outcomeWordsOf } from "#lib/runs/report-words.ts";
import type { RunView } from "#lib/runs/run-view.ts";
import { isBulk, isBulkInvite, isSync, reportCrumbs } from "../../../run-crumbs.ts";
import { runOf } from "../../run-of.ts";
import { LinesGone } from "../lines-gone.tsx";
import { ResultsFilter } from "./results-filter.tsx";
import { ResultsTable } from "./results-table.tsx";

type Query = Partial<Record<"outcome" | "search" | "after" | "before" | "last", string | string[]>>;
type Props = { params: Promise<{ account: string; id: string }>; searchParams: Promise<Query> };

function titleOf(run: RunView): string {
  if (isBulk(run)) return "Bulk Change Results";
  if (isSync(run)) return "Sync Results";
  return isBulkInvite(run) ? "File Based Bulk User Invite Results" : "File Based Import Results";
}

function nothingListed(run: RunView): string {
  if (run.state === "failed") return "The run failed before it had read anything; its report says why.";
  return isSync(run)
    ? "This run came upon nobody of whom anything had changed."
    : "This run has read no row.";
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { account, id } = await params;
  const run = await runOf(await currentActor(account, anyOf("view")), id);
  return { title: run ? titleOf(run) : "Results" };
}

export default async function ResultsPage({ params, searchParams }: Props) {
  const { account, id } = await params;
  const actor = await currentActor(account, anyOf("view"));
  const run = await runOf(actor, id);
  if (!run) noSuchPage();
  const query = await searchParams;
  const filter = { outcome: outcomeOf(oneOf(query.outcome)), search: oneOf(query.search) };
  const page = await listEntries(actor, { runId: id, ...filter, ...placeOf(query) });
  const base = `/a/${actor.accountSlug}`;
  const here = `${base}/runs/${id}/results`;
  const words = outcomeWordsOf(run);
  return (
    <Page
      title={titleOf(run)}
      crumbs={reportCrumbs(actor, run)}
      lead={
        <span className="break-words">
          {run.mode === "check" && "What would happen: "}
          {runName(run)}
        </span>
      }
      actions={
        <a className="btn btn-quiet btn-sm" href={`${base}/runs/${id}/report.csv`} download>
          Download as CSV
        </a>
      }
    >
      <ResultsFilter here={here} words={words} outcome={filter.outcome} search={filter.search} />
      <p role="status">
        <strong className="font-semibold">{cappedCount(page.matching)}</strong>{" "}
        {isSync(run)
          ? page.matching.count === 1
            ? "person"
            : "people"
          : page.matching.count === 1
            ? "row"
            : "rows"}
        {run.sync && run.sync.unlisted > 0 && (
          <span className="text-base-content/75">
            {`; ${number(run.sync.unlisted)} of whom nothing had changed ${run.sync.unlisted === 1 ? "is" : "are"} not listed`}
          </span>
        )}
      </p>
      {run.linesGone ? (
        <LinesGone />
      ) : page.entries.length === 0 && !filter.outcome && !filter.search ? (
        <EmptyState title={isSync(run) ? "Nobody is listed" : "No row is listed"}>
          {nothingListed(run)}{" "}
          <a className="link" href={`${base}/runs/${id}`}>
            Back to the report
          </a>
          .
        </EmptyState>
      ) : page.entries.length === 0 ? (
        <EmptyState title={isSync(run) ? "Nobody matches" : "No row matches"}>
          <a className="link" href={here}>
            {isSync(run) ? "Show everybody" : "Show all rows"}
          </a>
          .
        </EmptyState>
      ) : (
        <ResultsTable
          entries={page.entries}
          words={words}
          of={isSync(run) ? "directory" : isBulkInvite(run) ? "list" : "file"}
        />
      )}
      <Pager
        label="Pages of results"
        first={withQuery(here, filter)}
        previous={
          page.previous === null ? null : withQuery(here, { ...filter, before: String(page.previous) })
        }
        next={page.next === null ? null : withQuery(here, { ...filter, after: String(page.next) })}
        last={withQuery(here, { ...filter, last: "1" })}
      />
    </Page>
  );
}
