import { number } from "#app/_components/number.ts";
import { OutcomeBadge } from "#app/_components/status-badges.tsx";
import { Table } from "#app/_components/table.tsx";
import type { ListedEntry } from "#lib/runs/list-entries.ts";
import { askedWord, mailWord } from "#lib/runs/report-words.ts";

const columns = [
  { label: "Line", figure: true },
  ...["Email ID", "Asked for", "Outcome", "Reason", "Mail"].map((label) => ({ label })),
];

export function ResultsTable({ entries }: { entries: ListedEntry[] }) {
  return (
    <Table label="Rows of the file" columns={columns}>
      {entries.map((entry) => (
        <tr key={entry.position}>
          <td data-label="Line" className="figure font-mono text-base-content/75">
            {number(entry.line)}
          </td>
          <th scope="row" className="row-name sm:min-w-52 sm:max-w-96 font-normal!">
            {entry.email}
          </th>
          <td data-label="Asked for" className="whitespace-nowrap">
            {entry.askedFor ? askedWord(entry.askedFor) : "—"}
          </td>
          <td data-label="Outcome">
            <OutcomeBadge outcome={entry.outcome} />
          </td>
          <td data-label="Reason" className="whole-line sm:min-w-60 sm:max-w-lg break-words">
            {entry.reason}
            {entry.mendedIn && (
              <>
                {" "}
                <a className="link whitespace-nowrap" href={`../${entry.mendedIn}`}>
                  Tried again in a later run
                </a>
              </>
            )}
          </td>
          <td data-label="Mail" className="whitespace-nowrap">
            {entry.mail && mailWord(entry.mail)}
          </td>
        </tr>
      ))}
    </Table>
  );
}
