import { runName } from "#app/_components/run-name.ts";
import { runStateBadge } from "#app/_components/status-badges.tsx";
import { Table } from "#app/_components/table.tsx";
import type { Column } from "#app/_components/table-cell.tsx";
import type { RunView } from "#lib/runs/run-view.ts";

const figures = [
  ["Rows", "rows"],
  ["New", "created"],
  ["Updated", "updated"],
  ["Deleted", "deleted"],
  ["Activated", "activated"],
  ["Unchanged", "unchanged"],
  ["Skipped", "skipped"],
  ["Failed", "failed"],
] as const;

const columns = (base: string): Column[] => [
  { label: "When", is: "moment" },
  { label: "By" },
  { label: "File", is: "name", href: `${base}/runs/` },
  { label: "Status", is: "badge" },
  ...figures.map(([label]) => ({ label, is: "figure" as const })),
  { label: "Report", is: "link", href: `${base}/runs/` },
];

/** `base` is the account's path, "/a/{slug}". */
export function RunsTable({ base, runs }: { base: string; runs: RunView[] }) {
  return (
    <Table
      label="Runs"
      columns={columns(base)}
      dense
      rows={runs.map((run) => [
        run.requestedAt.getTime(),
        run.requestedBy,
        [runName(run), run.id],
        runStateBadge(run),
        ...figures.map(([, key]) => run.counts[key]),
        ["Results", `${run.id}/results`],
      ])}
    />
  );
}
