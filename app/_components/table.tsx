import type { ReactNode } from "react";

type Column = { label: string; figure?: boolean };
type Props = { label: string; columns: Column[]; dense?: boolean; children: ReactNode };

/** A table that scrolls within itself on a narrow screen, reachable by keyboard. */
export function Table({ label, columns, dense = false, children }: Props) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrollable by keyboard
      tabIndex={0}
      className="relative overflow-x-auto rounded-box border border-base-300"
    >
      <table className={`roll-table w-full ${dense ? "dense text-[0.8125rem]" : "text-sm"}`}>
        <thead className="bg-base-200">
          <tr>
            {columns.map((column) => (
              <th key={column.label} scope="col" className={column.figure ? "figure" : ""}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>*]:border-b-0">{children}</tbody>
      </table>
    </section>
  );
}
