import { number } from "#app/_components/number.ts";
import { Table } from "#app/_components/table.tsx";
import { withQuery } from "#app/_web/with-query.ts";
import type { FunnelRow } from "#lib/invitations/read-invitation-funnel.ts";

const figures = ["Invited", "Delivered", "Opened", "Joined", "To chase"];

type Props = {
  label: string;
  first: string;
  rows: FunnelRow[];
  /** What a row is called, and the filter of the list that shows it; null: the list has none for it. */
  nameOf: (row: FunnelRow) => string;
  filterOf: (row: FunnelRow) => Record<string, string> | null;
  list: string;
};

/** A line for each, from invited to joined; the last number leads to those to chase. */
export function FunnelTable({ label, first, rows, nameOf, filterOf, list }: Props) {
  const columns = [{ label: first }, ...figures.map((figure) => ({ label: figure, is: "figure" as const }))];
  return (
    <Table label={label} columns={columns}>
      {rows.map((row) => {
        const filter = filterOf(row);
        return (
          <tr key={row.key ?? ""}>
            <th scope="row" className="row-name sm:min-w-40 sm:max-w-96 break-words">
              {filter ? (
                <a className="link" href={withQuery(list, filter)}>
                  {nameOf(row)}
                </a>
              ) : (
                nameOf(row)
              )}
            </th>
            <Count label="Invited" count={row.invited} />
            <Count label="Delivered" count={row.delivered} of={row.invited} />
            <Count label="Opened" count={row.opened} of={row.invited} />
            <Count label="Joined" count={row.joined} of={row.invited} />
            <td data-label="To chase" className="figure">
              {filter && row.chase > 0 ? (
                <a className="link" href={withQuery(list, { ...filter, chase: "yes" })}>
                  {number(row.chase)}
                  <span className="sr-only"> to chase of {nameOf(row)}</span>
                </a>
              ) : (
                number(row.chase)
              )}
            </td>
          </tr>
        );
      })}
    </Table>
  );
}

function Count({ label, count, of }: { label: string; count: number; of?: number }) {
  return (
    <td data-label={label} className="figure">
      {number(count)}
      {of !== undefined && of > 0 && (
        <span className="ml-2 inline-block w-11 text-base-content/75 text-xs">
          {Math.round((100 * count) / of)} %
        </span>
      )}
    </td>
  );
}
