import { number, share } from "#app/_components/number.ts";
import { Table } from "#app/_components/table.tsx";
import type { Column } from "#app/_components/table-cell.tsx";
import type { FunnelRow } from "#lib/invitations/read-invitation-funnel.ts";

type Props = {
  label: string;
  first: string;
  rows: FunnelRow[];
  nameOf: (row: FunnelRow) => string;
  /** The filter of the list that shows a row, as it stands in the address; null: the list has none for it. */
  queryOf: (row: FunnelRow) => string | null;
  list: string;
};

/** A line for each, from invited to joined; the last number leads to those to chase. */
export function FunnelTable({ label, first, rows, nameOf, queryOf, list }: Props) {
  const href = `${list}?`;
  const columns: Column[] = [
    { label: first, is: "name", href },
    { label: "Invited", is: "figure" },
    { label: "Delivered", is: "figure" },
    { label: "Opened", is: "figure" },
    { label: "Joined", is: "figure" },
    { label: "Of those invited", is: "figure" },
    { label: "To chase", is: "figure", href },
  ];
  return (
    <Table
      label={label}
      columns={columns}
      rows={rows.map((row) => {
        const query = queryOf(row);
        return [
          query === null ? nameOf(row) : [nameOf(row), query],
          row.invited,
          row.delivered,
          row.opened,
          row.joined,
          share(row.joined, row.invited),
          query === null || row.chase === 0 ? row.chase : [number(row.chase), `${query}&chase=yes`],
        ];
      })}
    />
  );
}
