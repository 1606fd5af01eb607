import { Table } from "#app/_components/table.tsx";
import type { Column } from "#app/_components/table-cell.tsx";
import type { Usage } from "#lib/seats/list-usage.ts";

const columns = (base: string): Column[] => [
  { label: "Name", is: "name", href: `${base}/users/` },
  { label: "Email", className: "whole-line" },
  { label: "Managed from", is: "moment" },
  { label: "Managed until", is: "moment" },
  { label: "By" },
];

export function SpansTable({ spans, base }: { spans: Usage["spans"]; base: string }) {
  return (
    <Table
      label="Managed people"
      columns={columns(base)}
      rows={spans.map((span) => [
        [span.name, span.userId],
        span.email ?? "—",
        span.from.getTime(),
        span.to?.getTime() ?? "now",
        span.by,
      ])}
    />
  );
}
