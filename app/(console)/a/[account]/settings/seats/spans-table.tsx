import { Moment } from "#app/_components/moment.tsx";
import { Table } from "#app/_components/table.tsx";
import type { Usage } from "#lib/seats/list-usage.ts";

const columns = ["Name", "Email", "Managed from", "Managed until", "By"].map((label) => ({ label }));

export function SpansTable({ spans, base }: { spans: Usage["spans"]; base: string }) {
  return (
    <Table label="Managed people" columns={columns}>
      {spans.map((span) => (
        <tr key={span.id}>
          <th scope="row" className="row-name sm:min-w-40 sm:max-w-72 font-medium!">
            <a className="link" href={`${base}/users/${span.userId}`}>
              <bdi>{span.name}</bdi>
            </a>
          </th>
          <td data-label="Email" className="whole-line sm:max-w-80 break-words">
            {span.email ?? "—"}
          </td>
          <td data-label="Managed from">
            <Moment at={span.from} />
          </td>
          <td data-label="Managed until">{span.to ? <Moment at={span.to} /> : "now"}</td>
          <td data-label="By">{span.by}</td>
        </tr>
      ))}
    </Table>
  );
}
