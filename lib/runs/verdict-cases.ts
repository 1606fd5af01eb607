import { type SQL, sql } from "drizzle-orm";

type Told = readonly [outcome: string, reason: string | null];

/** Of a decided line `d`: its outcome and its reason, by its verdict; a reason is a piece of SQL over `d`, or none. */
export function verdictCases(verdicts: Readonly<Record<string, Told>>): { outcome: SQL; reason: SQL } {
  const cases = (value: (told: Told) => string | null) =>
    sql.raw(
      `case d.verdict ${Object.entries(verdicts)
        .map(([verdict, told]) => `when '${verdict}' then ${value(told) ?? "null"}`)
        .join(" ")} end`,
    );
  return { outcome: cases(([outcome]) => `'${outcome}'`), reason: cases(([, reason]) => reason) };
}
