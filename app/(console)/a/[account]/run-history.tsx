import type { ReactNode } from "react";
import { Page } from "#app/_components/page.tsx";
import { Pager } from "#app/_components/pager.tsx";
import { idOf } from "#app/_web/query.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { listRuns } from "#lib/runs/list-runs.ts";
import type { RunView } from "#lib/runs/run-view.ts";
import { RunsTable } from "./runs-table.tsx";

export type HistoryQuery = Partial<Record<"before" | "after", string | string[]>>;
type Props = {
  actor: UserActor;
  /** The kinds of run that this history tells, newest first. */
  kinds: RunView["kind"][];
  title: string;
  /** The path of the page itself. */
  here: string;
  crumbs: { href: string; label: string }[];
  query: HistoryQuery;
  /** What stands here before anything was done. */
  empty: ReactNode;
};

/** The history of bulk work of some kinds: a row a run, each leading to its report and results. */
export async function RunHistory({ actor, kinds, title, here, crumbs, query, empty }: Props) {
  const view = { kind: kinds, before: idOf(query.before), after: idOf(query.after) };
  const { runs, previous, next } = await listRuns(actor, view);
  return (
    <Page title={title} crumbs={crumbs}>
      {runs.length === 0 ? empty : <RunsTable base={`/a/${actor.accountSlug}`} runs={runs} />}
      <Pager
        label="Pages of the history"
        previous={previous && `${here}?before=${previous}`}
        next={next && `${here}?after=${next}`}
      />
    </Page>
  );
}
