import { type SQL, sql } from "drizzle-orm";
import { type Matching, matchingCap, matchingOf, pageOf } from "#lib/db/keyset.ts";
import type { Transaction } from "#lib/db/with-account.ts";

/** A place among the lines of a run: behind one position, before one, or the last page. */
export type Place = { after?: number; before?: number; last?: boolean };

const pageSize = 50;

/** The condition on the column `position`, and how a page and one row more of it are read. */
export function placed(position: SQL, place: Place): { cursor: SQL; order: SQL; limit: number } {
  const backwards = place.before !== undefined || place.last === true;
  return {
    cursor:
      place.before !== undefined
        ? sql`${position} < ${place.before}`
        : place.after !== undefined
          ? sql`${position} > ${place.after}`
          : sql`true`,
    order: sql`order by ${position} ${backwards ? sql`desc` : sql`asc`}`,
    limit: pageSize + 1,
  };
}

/** What was read so, as a page of 50 with the positions at its ends. */
export function pageByPosition<Row extends { position: number }>(
  read: Row[],
  { after, before, last }: Place,
): { rows: Row[]; previous: number | null; next: number | null } {
  const cursor = { after: after?.toString(), before: before?.toString(), last };
  const { rows, previous, next } = pageOf(read, pageSize, cursor, ({ position }) => String(position));
  return {
    rows,
    previous: previous === null ? null : Number(previous),
    next: next === null ? null : Number(next),
  };
}

/** Counts the rows of `from` as far as they are told exactly. */
export async function countUpToCap(tx: Transaction, from: SQL): Promise<Matching> {
  const [counted] = await tx.execute<{ n: string }>(sql`
    select count(*) as n from (select ${from} limit ${matchingCap + 1}) capped`);
  return matchingOf(Number(counted?.n));
}
