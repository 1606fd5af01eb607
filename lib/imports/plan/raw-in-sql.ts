import { type SQL, sql } from "drizzle-orm";
import type { WorkedRun } from "#lib/runs/run-kind.ts";
import { importFields } from "../fields.ts";

const columnOf = new Map<string, string>(importFields.map(({ label, name }) => [label, name]));

/** The cells of a staged row `d` in the order of its file, for lines that are refused only when compared with the account. */
export function rawInSql(run: WorkedRun): SQL {
  const columns = (run.assumed as { columns?: { field: string }[] } | null)?.columns ?? [];
  const cells = columns.map(({ field }) => cellOf(columnOf.get(field)));
  // An array constructor: a function takes at most 100 arguments, and a file has up to 200 columns.
  return sql.raw(cells.length > 0 ? `to_jsonb(array[${cells.join(", ")}])::text` : "null");
}

function cellOf(name: string | undefined): string {
  if (name === undefined) return "''";
  if (name === "user_status") return "coalesce(initcap(d.asked), '')";
  if (name === "email" || name === "groups") return `coalesce(d.${name}, '')`;
  const clearWord = "(select clear_word from accounts)";
  // Data that reads like the clear word was uploaded behind an apostrophe, and goes back behind it.
  return `case when '${name}' = any (d.cleared) then ${clearWord} when d.${name} = ${clearWord} then chr(39) || d.${name}
    else coalesce(d.${name}, '') end`;
}
