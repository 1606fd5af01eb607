import type { Metadata } from "next";
import { EmptyState } from "#app/_components/empty-state.tsx";
import { Page } from "#app/_components/page.tsx";
import { Pager } from "#app/_components/pager.tsx";
import { runStateBadge } from "#app/_components/status-badges.tsx";
import { Table } from "#app/_components/table.tsx";
import type { Column } from "#app/_components/table-cell.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { idOf } from "#app/_web/query.ts";
import { listRuns } from "#lib/runs/list-runs.ts";
import type { RunView } from "#lib/runs/run-view.ts";
import { syncCrumbs } from "../../../run-crumbs.ts";

const title = "History of Active Directory Synchronization Runs";
export const metadata: Metadata = { title };

type Props = {
  params: Promise<{ account: string }>;
  searchParams: Promise<Partial<Record<"before" | "after", string | string[]>>>;
};

const figures = [
  ["People", "rows"],
  ["New", "created"],
  ["Updated", "updated"],
  ["Suspended", "deleted"],
  ["Restored", "activated"],
  ["Waiting", "waiting"],
  ["Skipped", "skipped"],
  ["Failed", "failed"],
] as const;

const triggers = { manual: "By hand", scheduled: "Schedule", weekly: "Weekly" } as const;

const columns = (base: string): Column[] => [
  { label: "When", is: "moment" },
  { label: "By" },
  { label: "Kind" },
  { label: "Status", is: "badge" },
  ...figures.map(([label]) => ({ label, is: "figure" as const })),
  { label: "Report", is: "link", href: `${base}/runs/` },
];

const kindOf = ({ kind, mode, trigger, span }: RunView): string =>
  kind === "undo"
    ? "Undo"
    : [mode === "check" ? "Preview" : triggers[trigger], span === "incremental" && "changes only"]
        .filter(Boolean)
        .join(", ");

export default async function SyncHistoryPage({ params, searchParams }: Props) {
  const actor = await currentActor((await params).account, "directory.view");
  const query = await searchParams;
  const base = `/a/${actor.accountSlug}`;
  const here = `${base}/enrollment/directory-sync`;
  const view = { before: idOf(query.before), after: idOf(query.after) };
  const { runs, previous, next } = await listRuns(actor, { kind: ["directory_sync", "undo"], ...view });
  return (
    <Page title={title} crumbs={syncCrumbs(actor)}>
      {runs.length === 0 ? (
        <EmptyState title="No sync was made yet">
          Define the connection and press Run Now on{" "}
          <a className="link" href={here}>
            Directory Sync
          </a>
          .
        </EmptyState>
      ) : (
        <Table
          label="Syncs"
          columns={columns(base)}
          dense
          rows={runs.map((run) => [
            run.requestedAt.getTime(),
            run.requestedBy,
            kindOf(run),
            runStateBadge(run),
            ...figures.map(([, key]) => run.counts[key]),
            ["Sync Results", run.id],
          ])}
        />
      )}
      <Pager
        label="Pages of the history"
        previous={previous && `${here}/history?before=${previous}`}
        next={next && `${here}/history?after=${next}`}
      />
    </Page>
  );
}
