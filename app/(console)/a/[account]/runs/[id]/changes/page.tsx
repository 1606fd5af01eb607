import type { Metadata } from "next";
import { Alert } from "#app/_components/alert.tsx";
import { EmptyState } from "#app/_components/empty-state.tsx";
import { cappedCount } from "#app/_components/number.ts";
import { Page } from "#app/_components/page.tsx";
import { Pager } from "#app/_components/pager.tsx";
import { runName } from "#app/_components/run-name.ts";
import { currentActor } from "#app/_web/current-actor.ts";
import { noSuchPage } from "#app/_web/no-such-page.ts";
import { oneOf, placeOf } from "#app/_web/query.ts";
import { withQuery } from "#app/_web/with-query.ts";
import { findRun } from "#lib/runs/find-run.ts";
import { listChanges } from "#lib/runs/list-changes.ts";
import { anyOf } from "#lib/runs/operations-of-runs.ts";
import { isOver } from "../../../enrollment/import/import-status.ts";
import { isSync, reportCrumbs } from "../../../run-crumbs.ts";
import { LinesGone } from "../lines-gone.tsx";
import { ApplyPlan } from "./apply-plan.tsx";
import { changeKindOf } from "./change-words.ts";
import { ChangesFilter } from "./changes-filter.tsx";
import { ChangesTable } from "./changes-table.tsx";

export const metadata: Metadata = { title: "Changes, field by field" };

type Query = Partial<Record<"kind" | "after" | "before" | "last", string | string[]>>;
type Props = { params: Promise<{ account: string; id: string }>; searchParams: Promise<Query> };

export default async function ChangesPage({ params, searchParams }: Props) {
  const { account, id } = await params;
  const actor = await currentActor(account, anyOf("view"));
  const run = await findRun(actor, id);
  if (!run) noSuchPage();
  const query = await searchParams;
  const kind = changeKindOf(oneOf(query.kind));
  const { changes, previous, next, matching } = await listChanges(actor, {
    runId: id,
    kind,
    ...placeOf(query),
  });
  const base = `/a/${actor.accountSlug}`;
  const here = `${base}/runs/${id}/changes`;
  const to = (cursor: Record<string, string>) => withQuery(here, { kind, ...cursor });
  return (
    <Page
      title="Changes, field by field"
      crumbs={reportCrumbs(actor, run)}
      lead={
        <span className="break-words">
          {run.mode === "check" ? "What would change" : "What was changed"}: {runName(run)}
        </span>
      }
      actions={
        run.applicable &&
        (run.kind === "import" ? (
          <ApplyPlan runId={id} />
        ) : run.kind === "directory_sync" ? (
          <a className="btn btn-primary btn-sm" href={`${base}/runs/${id}`}>
            Apply or drop it
          </a>
        ) : null)
      }
    >
      {!isOver(run) && (
        <Alert tone="info">
          This run is not over yet: what is listed here is planned and may not be done.
        </Alert>
      )}
      <ChangesFilter here={here} kind={kind} />
      <p role="status">
        <strong className="font-semibold">{cappedCount(matching)}</strong>{" "}
        {matching.count === 1 ? "person" : "people"}
      </p>
      {run.linesGone ? (
        <LinesGone />
      ) : changes.length === 0 ? (
        <EmptyState title={kind ? "Nobody is changed in this way" : "Nobody is changed"}>
          <a className="link" href={kind ? here : `${base}/runs/${id}/results`}>
            {kind ? "Show all changes" : `See what came of each ${isSync(run) ? "person" : "row"}`}
          </a>
          .
        </EmptyState>
      ) : (
        <ChangesTable changes={changes} lined={!isSync(run)} />
      )}
      <Pager
        label="Pages of changes"
        first={to({})}
        previous={previous === null ? null : to({ before: String(previous) })}
        next={next === null ? null : to({ after: String(next) })}
        last={to({ last: "1" })}
      />
    </Page>
  );
}
