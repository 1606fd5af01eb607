/** A page of a keyset: `previous` and `next` are cursors, null at the ends. */
export type Page<Row> = { rows: Row[]; previous: string | null; next: string | null };

/** How many match, told exactly up to `cap`. */
export type Matching = { count: number; capped: boolean };

export const matchingCap = 10_000;

type Cursor = { after?: string | undefined; before?: string | undefined; last?: boolean | undefined };

/** Reads one row more than a page to know whether there is another; `backwards` rows come in reverse. */
export function pageOf<Row>(read: Row[], size: number, cursor: Cursor, key: (row: Row) => string): Page<Row> {
  const backwards = cursor.before !== undefined || cursor.last === true;
  const more = read.length > size;
  const rows = read.slice(0, size);
  if (backwards) rows.reverse();
  const first = rows[0];
  const last = rows.at(-1);
  const hasPrevious = backwards ? more : cursor.after !== undefined;
  const hasNext = backwards ? cursor.before !== undefined : more;
  return {
    rows,
    previous: hasPrevious && first ? key(first) : null,
    next: hasNext && last ? key(last) : null,
  };
}

export const matchingOf = (counted: number): Matching => ({
  count: Math.min(counted, matchingCap),
  capped: counted > matchingCap,
});

/** The end of the range of texts that begin with `prefix`, in byte order. */
export const prefixEnd = (prefix: string) => `${prefix}\u{10ffff}`;
