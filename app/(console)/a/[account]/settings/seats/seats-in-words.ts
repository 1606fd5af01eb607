import { countOf, number } from "#app/_components/number.ts";
import type { Seats } from "#lib/seats/lock-seats.ts";

/** "12 of 50 seats taken", "12 seats taken", "10,000+ seats taken" */
export function seatsInWords({ taken, capped, limit }: Seats): string {
  const many = `${number(taken)}${capped ? "+" : ""}`;
  if (limit !== null) return `${many} of ${countOf(limit, "seat")} taken`;
  return `${many} ${taken === 1 ? "seat" : "seats"} taken`;
}

/** "38 seats are left"; null where there is no limit. */
export const seatsLeft = ({ left }: Pick<Seats, "left">): string | null =>
  left === null ? null : `${countOf(left, "seat")} ${left === 1 ? "is" : "are"} left`;
