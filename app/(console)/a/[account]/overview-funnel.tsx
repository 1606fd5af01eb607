"use client";
import { number, share } from "#app/_components/number.ts";

/** `more`: at least so many. */
export type FunnelStep = readonly [label: string, count: number, more: boolean];

const fills = ["fill-primary", "fill-info", "fill-warning", "fill-success"];

/** A bar a step; the numbers beside them are the table. The first step is what the others are shares of. */
export function FunnelTable({ steps }: { steps: FunnelStep[] }) {
  const most = Math.max(1, ...steps.map(([, count]) => count));
  const first = steps[0]?.[1] ?? 0;
  return (
    <table className="roll-funnel">
      <caption className="sr-only">From invited to joined, last 12 weeks</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Step</th>
          <td />
          <th scope="col">People</th>
          <th scope="col">Of those invited</th>
        </tr>
      </thead>
      <tbody>
        {steps.map(([label, count, more], at) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>
              <svg viewBox="0 0 400 20" preserveAspectRatio="none" aria-hidden="true">
                <path d={`M0 0H${Math.round((400 * count) / most)}V20H0Z`} className={fills[at]} />
              </svg>
            </td>
            <td>{more ? `${number(count)}+` : number(count)}</td>
            <td>{at > 0 && first > 0 ? share(count, first) : null}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
