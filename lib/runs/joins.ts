import { type SQL, sql } from "drizzle-orm";

type Way = "scan" | "index";

const ways: Record<Way, string[]> = { scan: ["nestloop"], index: ["hashjoin", "mergejoin"] };
const few = 2_000;

/** Statements that forbid the joins which the way is not ("off"), or allow them again ("on"). */
export const otherJoins = (way: Way, to: "on" | "off"): SQL[] =>
  ways[way].map((join) => sql.raw(`set local enable_${join} = ${to}`));

/** What is quickest for so many lines of a run: looking each up, or going through everything once. */
export const wayFor = (lines: number): Way => (lines > few ? "scan" : "index");

/**
 * Statements that join what a run has just written. Postgres has no statistics of it: it takes it for one row, and would go
 * through all of it once for each of its rows, or takes it for as much as the last run wrote, and goes through all people for a few.
 */
export const joinedBy = (way: Way, statements: SQL[]): SQL[] => [
  ...otherJoins(way, "off"),
  ...statements,
  ...otherJoins(way, "on"),
];
