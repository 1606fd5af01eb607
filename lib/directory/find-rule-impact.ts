import { type SQL, sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { readAccount } from "#lib/db/read-account.ts";
import type { Rule } from "./settings.ts";

/** Whom a rule means of the people that the last sync brought: how many, and the first few by name. */
export type RuleImpact = { people: number; names: string[] };

const mostNames = 5;

/** By the last snapshot, a rule each, in their order. */
export async function findRuleImpact(actor: Actor, rules: Rule[]): Promise<RuleImpact[]> {
  authorize(actor, "directory.view");
  if (rules.length === 0) return [];
  const answers = (await readAccount(
    actor,
    ...(rules.map((rule) => impactOf(actor, rule)) as []),
  )) as unknown as {
    people: number;
    names: string[] | null;
  }[][];
  return answers.map(([row]) => ({ people: row?.people ?? 0, names: row?.names ?? [] }));
}

const impactOf = (actor: Actor, rule: Rule): SQL => sql`
  with meant as (
    select coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email, e.dn) as name from directory_entries e
    join users u on u.account_id = e.account_id and u.id = e.user_id
    where e.account_id = ${actor.accountId} and u.status not in ('suspended', 'deleted') and ${meant(rule)})
  select (select count(*)::int from meant) as people,
    (select array_agg(name) from (select name from meant order by name limit ${mostNames}) first) as names`;

/** The same as `matchesRule`, over the snapshot `e` and the person `u`; the column's name is one of a closed list. */
function meant({ field, how, value }: Rule): SQL {
  const column = sql.raw(
    field === "dn" ? "lower(e.dn)" : field === "email" ? "u.email_norm" : `lower(u.${field})`,
  );
  const sought = value.toLowerCase();
  if (how === "is") return sql`${column} = ${sought}`;
  const pattern =
    how === "matches"
      ? escaped(sought).replaceAll("*", "%").replaceAll("?", "_")
      : `${how === "contains" ? "%" : ""}${escaped(sought)}%`;
  return sql`${column} like ${pattern}`;
}

const escaped = (text: string): string => text.replace(/[\\%_]/g, "\\$&");
