import { Moment } from "#app/_components/moment.tsx";
import { number } from "#app/_components/number.ts";
import { runName } from "#app/_components/run-name.ts";
import { RunStateBadge } from "#app/_components/status-badges.tsx";
import { Table } from "#app/_components/table.tsx";
import type { RunView } from "#lib/runs/run-view.ts";

const columns = [
  { label: "File" },
  { label: "When" },
  { label: "Status" },
  { label: "Rows", figure: true },
  { label: "New", figure: true },
  { label: "Failed", figure: true },
];

/** `base` is the account's path, "/a/{slug}". */
export function LastImports({ base, runs }: { base: string; runs: RunView[] }) {
  return (
    <Table label="Runs of late" columns={columns}>
      {runs.map((run) => (
        <tr key={run.id}>
          <th scope="row" className="row-name sm:min-w-40 font-normal!">
            <a className="link" href={`${base}/runs/${run.id}`}>
              {runName(run)}
            </a>
          </th>
          <td data-label="When">
            <Moment at={run.requestedAt} />
          </td>
          <td data-label="Status">
            <RunStateBadge run={run} />
          </td>
          <td data-label="Rows" className="figure">
            {number(run.counts.rows)}
          </td>
          <td data-label="New" className="figure">
            {number(run.counts.created)}
          </td>
          <td data-label="Failed" className={`figure ${run.counts.failed ? "text-error" : ""}`}>
            {number(run.counts.failed)}
          </td>
        </tr>
      ))}
    </Table>
  );
}
