import { Moment } from "#app/_components/moment.tsx";
import { number } from "#app/_components/number.ts";
import { runName } from "#app/_components/run-name.ts";
import { RunStateBadge } from "#app/_components/status-badges.tsx";
import { Table } from "#app/_components/table.tsx";
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

const columns = [
  ...["When", "By", "File", "Status"].map((label) => ({ label })),
  ...figures.map(([label]) => ({ label, figure: true })),
  { label: "Report" },
];

/** `base` is the account's path, "/a/{slug}". */
export function RunsTable({ base, runs }: { base: string; runs: RunView[] }) {
  return (
    <Table label="Runs" columns={columns} dense>
      {runs.map((run) => (
        <tr key={run.id}>
          <td data-label="When">
            <Moment at={run.requestedAt} />
          </td>
          <td data-label="By">{run.requestedBy}</td>
          <th scope="row" className="row-name sm:min-w-28 font-normal!">
            <a className="link" href={`${base}/runs/${run.id}`}>
              {runName(run)}
            </a>
          </th>
          <td data-label="Status">
            <RunStateBadge run={run} />
          </td>
          {figures.map(([label, key]) => (
            <td
              data-label={label}
              key={label}
              className={`figure ${run.counts[key] ? "" : "text-base-content/60 max-sm:hidden!"}`}
            >
              {number(run.counts[key])}
            </td>
          ))}
          <td data-label="Report">
            <a className="link" href={`${base}/runs/${run.id}/results`}>
              Results
            </a>
          </td>
        </tr>
      ))}
    </Table>
  );
}
