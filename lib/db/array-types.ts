import type { Sql } from "postgres";
import { parse } from "postgres-array";

/**
 * Object ids of Postgres's own types and of arrays of them (`pg_type.dat`): bool, bytea, name, int8, int2, int4, text, oid, json,
 * jsonb, float4, float8, inet, varchar, uuid. Arrays of instants and of numerics stay text, as drizzle wants them.
 */
const arrays = [
  [16, 1000],
  [17, 1001],
  [19, 1003],
  [20, 1016],
  [21, 1005],
  [23, 1007],
  [25, 1009],
  [26, 1028],
  [114, 199],
  [3802, 3807],
  [700, 1021],
  [701, 1022],
  [869, 1041],
  [1043, 1015],
  [2950, 2951],
] as const;

type Convert<From, To> = (cell: From) => To;

/**
 * Teaches a pool to read and write arrays. postgres.js would ask each new connection for its array types, and nobody waits
 * for the answer: a connection that is lost meanwhile would end the process.
 */
export function knowArrays({ options: { parsers, serializers } }: Sql): void {
  for (const [of, array] of arrays) {
    parsers[array] = (text: string) => parse(text, parsers[of] ?? ((cell) => cell));
    serializers[array] = (cells: unknown) =>
      Array.isArray(cells) ? toText(cells, serializers[of] ?? ((cell) => cell)) : cells;
  }
}

/** https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO */
const toText = (cells: unknown[], convert: Convert<unknown, unknown>): string =>
  `{${cells.map((cell) => (Array.isArray(cell) ? toText(cell, convert) : cellText(cell, convert))).join(",")}}`;

function cellText(cell: unknown, convert: Convert<unknown, unknown>): string {
  if (cell === null) return "null";
  if (cell === undefined) throw new TypeError("An array for Postgres holds an undefined value.");
  return `"${String(convert(cell)).replaceAll(/[\\"]/g, "\\$&")}"`;
}
