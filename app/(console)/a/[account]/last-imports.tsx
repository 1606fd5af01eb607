import { runName } from "#app/_components/run-name.ts";
import { runStateBadge } from "#app/_components/status-badges.tsx";
import { Table } from "#app/_components/table.tsx";
import type { Column } from "#app/_components/table-cell.tsx";
import type { RunView } from "#lib/runs/run-view.ts";

const columns = (base: string): Column[] => [
  { label: "File", is: "name", href: `${base}/runs/` },
  { label: "When", is: "moment" },
  { label: "Status", is: "badge" },
  { label: "Rows", is: "figure" },
  { label: "New", is: "figure" },
  { label: "Failed", is: "figure", className: "bad" },
];

/** `base` is the account's path, "/a/{slug}". */
export function LastImports({ base, runs }: { base: string; runs: RunView[] }) {
  return (
    <Table
      label="Runs of late"
      columns={columns(base)}
      rows={runs.map((run) => [
        [runName(run), run.id],
        run.requestedAt.getTime(),
        runStateBadge(run),
        run.counts.rows,
        run.counts.created,
        run.counts.failed,
      ])}
    />
  );
}
