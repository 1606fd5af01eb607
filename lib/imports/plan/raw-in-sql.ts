import { type SQL, sql } from "drizzle-orm";
import type { WorkedRun } from "#lib/runs/run-kind.ts";
import { importFields } from "../fields.ts";
import { columnsOf } from "./has-column.ts";
import { ownClearWord } from "./own-clear-word.ts";

const columnOf = new Map<string, string>(importFields.map(({ label, name }) => [label, name]));

/** The cells of a staged row `d` in the order of its file, for lines that are refused only when compared with the account. */
export function rawInSql(run: WorkedRun): SQL {
  const columns = columnsOf(run);
  if (columns.length === 0) return sql.raw("null");
  const word = ownClearWord(run);
  const clearWord = word === null ? sql`(select clear_word from accounts)` : sql`${word}::text`;
  const cells = columns.map(({ field }) => cellOf(columnOf.get(field), clearWord));
  // An array constructor: a function takes at most 100 arguments, and a file has up to 200 columns.
  return sql`to_jsonb(array[${sql.join(cells, sql.raw(", "))}])::text`;
}

function cellOf(name: string | undefined, clearWord: SQL): SQL {
  if (name === undefined) return sql.raw("''");
  if (name === "user_status") return sql.raw("coalesce(initcap(d.asked), '')");
  const value = sql.raw(`d.${name}`);
  if (name === "email" || name === "groups") return sql`coalesce(${value}, '')`;
  // Data that reads like the clear word was uploaded behind an apostrophe, and goes back behind it.
  return sql`case when ${sql.raw(`'${name}'`)} = any (d.cleared) then ${clearWord}
    when ${value} = ${clearWord} then chr(39) || ${value} else coalesce(${value}, '') end`;
}
