import { Badge } from "#app/_components/badge.tsx";
import { number } from "#app/_components/number.ts";
import { OutcomeBadge } from "#app/_components/status-badges.tsx";
import { Table } from "#app/_components/table.tsx";
import type { ListedChange } from "#lib/runs/list-changes.ts";
import { changedField, changedValue, changeWord } from "./change-words.ts";

const columns = [
  { label: "Line", is: "figure" as const },
  ...["Email ID", "Name", "What happens", "Fields"].map((label) => ({ label })),
];

/** `lined`: the people have lines, as in a file. */
export function ChangesTable({ changes, lined }: { changes: ListedChange[]; lined: boolean }) {
  return (
    <Table label="Changes by person" columns={lined ? columns : columns.slice(1)}>
      {changes.map((change) => (
        <tr key={change.position}>
          {lined && (
            <td data-label="Line" className="figure font-mono text-base-content/75">
              {number(change.line)}
            </td>
          )}
          <th scope="row" className="sm:min-w-52 sm:max-w-80 font-normal">
            {change.email}
          </th>
          <td data-label="Name" className="break-words sm:max-w-60">
            {change.name}
          </td>
          <td data-label="What happens">
            <Happens change={change} />
          </td>
          <td data-label="Fields" className="whole-line sm:min-w-72">
            <Fields change={change} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

const undone = new Set(["waiting", "skipped", "failed", "not_done"]);

/** A change that waits or was left undone says so as well. */
function Happens({ change }: { change: ListedChange }) {
  const [tone, label] = changeWord(change.kind);
  return (
    <span className="flex flex-wrap gap-1">
      <Badge tone={tone}>{label}</Badge>
      {undone.has(change.outcome) && <OutcomeBadge outcome={change.outcome} />}
    </span>
  );
}

function Fields({ change }: { change: ListedChange }) {
  return (
    <ul className="space-y-0.5">
      {change.fields.map(({ field, before, after }) => (
        <li key={field} className="break-words">
          <span className="text-base-content/75">{changedField(field)}:</span>{" "}
          {change.kind !== "create" && (
            <>
              <Value text={changedValue(field, before)} />{" "}
              <span aria-hidden="true" className="text-base-content/75">
                →
              </span>
              <span className="sr-only">becomes</span>{" "}
            </>
          )}
          <Value
            text={changedValue(field, after)}
            none={field === "status" ? "as it was before the suspension" : "empty"}
          />
        </li>
      ))}
      {change.groups.length > 0 && (
        <li className="break-words">
          <span className="text-base-content/75">Joins:</span> {change.groups.join(", ")}
        </li>
      )}
      {change.leaves.length > 0 && (
        <li className="break-words">
          <span className="text-base-content/75">Leaves:</span> {change.leaves.join(", ")}
        </li>
      )}
    </ul>
  );
}

function Value({ text, none = "empty" }: { text: string | null; none?: string }) {
  if (text === null) return <em className="text-base-content/75">{none}</em>;
  return <span className="font-medium">{text}</span>;
}
