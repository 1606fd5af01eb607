import { countOf, number } from "#app/_components/number.ts";
import type { Seats } from "#lib/seats/lock-seats.ts";

/** "12 of 50 seats taken", "12 seats taken" */
export const seatsInWords = ({ taken, limit }: Seats): string =>
  limit === null ? `${countOf(taken, "seat")} taken` : `${number(taken)} of ${countOf(limit, "seat")} taken`;

/** "38 seats are left"; null where there is no limit. */
export const seatsLeft = ({ left }: Pick<Seats, "left">): string | null =>
  left === null ? null : `${countOf(left, "seat")} ${left === 1 ? "is" : "are"} left`;
