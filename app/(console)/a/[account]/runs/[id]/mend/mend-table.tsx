import { number } from "#app/_components/number.ts";
import { Table } from "#app/_components/table.tsx";
import type { FailedRow, FailedRows } from "#lib/runs/list-failed-rows.ts";
import { LeaveOut, MendInput } from "./mend-fields.tsx";
import { fieldNames } from "./mend-form.ts";

type Columns = FailedRows["columns"];

/** One column per column of the file that is read, in the file's order. */
export function MendTable({ rows, columns }: { rows: FailedRow[]; columns: Columns }) {
  const read = columns.flatMap(({ field }, at) => (field ? [{ field, at }] : []));
  const surplus = rows.some((row) => surplusOf(row, columns) !== null);
  const labels = ["Reason", "Leave out", ...read.map(({ field }) => field), ...(surplus ? ["Surplus"] : [])];
  return (
    <Table
      label="Failed rows"
      columns={[{ label: "Line", is: "figure" as const }, ...labels.map((label) => ({ label }))]}
    >
      {rows.map((row) => (
        <tr key={row.position}>
          <td data-label="Line" className="figure font-mono text-base-content/75">
            {number(row.line)}
          </td>
          <td data-label="Reason" className="whole-line sm:min-w-72 sm:max-w-96 break-words">
            {row.reason}
            <AsInFile row={row} columns={columns} />
          </td>
          <td className="whole-line">
            <LeaveOut name={fieldNames.leaveOut(row.position)} line={row.line} />
          </td>
          {read.map(({ field, at }) => (
            <td key={at} className={field === "Email ID" ? "whole-line sm:min-w-72" : ""}>
              <MendInput
                name={fieldNames.cell(row.position, at)}
                label={field}
                line={row.line}
                value={shown(row.cells[at])}
              />
            </td>
          ))}
          {surplus && <Surplus row={row} columns={columns} />}
        </tr>
      ))}
    </Table>
  );
}

function Surplus({ row, columns }: { row: FailedRow; columns: Columns }) {
  const value = surplusOf(row, columns);
  if (value === null) return <td />;
  return (
    <td>
      <MendInput name={fieldNames.surplus(row.position)} label="Surplus" line={row.line} value={value} />
    </td>
  );
}

/** Of a line of another width nobody knows which cell belongs to which column. */
function AsInFile({ row: { cells }, columns }: { row: FailedRow; columns: Columns }) {
  if (cells.length === columns.length) return null;
  return (
    <span className="mt-1 block text-base-content/75">
      In the file: {cells.map((cell) => `“${shown(cell)}”`).join(", ")}
    </span>
  );
}

function surplusOf({ cells }: FailedRow, columns: Columns): string | null {
  const beyond = cells
    .slice(columns.length)
    .map(shown)
    .filter((cell) => cell.trim() !== "");
  return beyond.length > 0 ? beyond.join(" | ") : null;
}

/** A browser drops line breaks from a field of one line; an import makes blanks of them. */
const shown = (cell: string | undefined): string => (cell ?? "").replace(/[\t\r\n\u2028\u2029]+/g, " ");
