import { Table } from "#app/_components/table.tsx";
import type { UploadColumn } from "#lib/imports/find-upload.ts";
import { ColumnSelect } from "./column-select.tsx";

const heads = [{ label: "Column" }, { label: "Header" }, { label: "First cells" }, { label: "Holds" }];

/** A row for each column of the file, in its order. */
export function ColumnsTable({ columns }: { columns: UploadColumn[] }) {
  return (
    <Table label="Columns of the file" columns={heads}>
      {columns.map(({ letter, header, field, samples }, index) => (
        <tr key={letter}>
          <td data-label="Column">{letter}</td>
          <th scope="row" className="min-w-40 font-medium">
            {header || "no header"}
          </th>
          <td
            data-label="First cells"
            className="whole-line min-w-40 max-w-80 break-words text-base-content/75"
          >
            {field === "password" ? "not shown" : <Samples samples={samples} />}
          </td>
          <td data-label="Holds" className="whole-line">
            {field === "password" ? (
              "A password: never read or stored"
            ) : (
              <ColumnSelect
                index={index}
                guess={field}
                label={`Column ${letter}, ${header || "no header"}`}
              />
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
}

function Samples({ samples }: { samples: string[] }) {
  if (samples.length === 0) return "empty";
  return (
    <ul>
      {samples.map((sample) => (
        <li key={sample} className="[overflow-wrap:anywhere]">
          {sample}
        </li>
      ))}
    </ul>
  );
}
