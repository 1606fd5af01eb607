import { type SQL, sql } from "drizzle-orm";
import type { QualityKind, QualityRow } from "../quality-kinds.ts";

/** Where in the rows of a kind: behind a key, before one, or at the end. */
export type Cursor = { after?: string | undefined; before?: string | undefined; last?: boolean | undefined };

type Marked = Exclude<QualityKind, "shared_mail">;

/** Each has an index of its own few rows: whoever is gone from the directory has no marks any more. */
const conditions: Record<Marked, SQL> = {
  no_mail: sql.raw("e.marks is not null and 'no_mail' = any (e.marks)"),
  foreign_mail: sql.raw("e.marks is not null and 'foreign_mail' = any (e.marks)"),
  odd_mail: sql.raw("e.marks is not null and 'odd_mail' = any (e.marks)"),
  odd_value: sql.raw("e.marks is not null and 'odd_value' = any (e.marks)"),
  disabled_in_list: sql.raw("e.marks is not null and e.still_in is not null"),
  left_out: sql.raw("e.verdict <> 'in' and e.verdict <> 'suspended'"),
};

/** SQL: address by address that several entries have. Whoever is gone has no say. */
const shared = (accountId: string, further: SQL): SQL => sql`
  from directory_entries e where e.account_id = ${accountId} and e.email_norm is not null and ${further}
  group by e.email_norm having count(*) > 1`;

/** One row, a count a kind; of addresses that several have, the end of a sync notes it. */
export const countMarked = (accountId: string): SQL => sql`
  select ${sql.join(
    Object.entries(conditions).map(
      ([kind, condition]) => sql`(
        select count(*)::int from directory_entries e where e.account_id = ${accountId} and ${condition}) as ${sql.identifier(kind)}`,
    ),
    sql`, `,
  )}`;

/** As many rows of a kind as are asked for, in the order of their keys; in reverse where the cursor looks back. */
export function selectRows(accountId: string, kind: QualityKind, cursor: Cursor, limit: number): SQL {
  const column = kind === "shared_mail" ? sql.raw("e.email_norm") : sql.raw("e.external_id");
  const back = cursor.before !== undefined || cursor.last === true;
  const from =
    cursor.after !== undefined
      ? sql`${column} > ${cursor.after}`
      : cursor.before !== undefined
        ? sql`${column} < ${cursor.before}`
        : sql`true`;
  const order = sql`order by ${column} ${sql.raw(back ? "desc" : "asc")} limit ${limit}`;
  if (kind === "shared_mail")
    return sql`
      select page.email_norm as key, page.email_norm as name, (
          select left(string_agg(o.dn, '; ' order by o.external_id), 2000) from (
            select dn, external_id from directory_entries where account_id = ${accountId} and email_norm = page.email_norm limit 10) o)
          as detail, u.id as person_id, ${personName} as person_name
      from (select e.email_norm ${shared(accountId, from)} ${order}) page
      left join users u on u.account_id = ${accountId} and u.email_norm = page.email_norm
      order by page.email_norm ${sql.raw(back ? "desc" : "asc")}`;
  const detail = kind === "disabled_in_list" ? sql.raw("'In ' || e.still_in") : sql.raw("e.reason");
  return sql`
    select e.external_id as key, e.dn as name, ${detail} as detail, u.id as person_id, ${personName} as person_name
    from directory_entries e left join users u on u.account_id = e.account_id and u.id = e.user_id
    where e.account_id = ${accountId} and ${conditions[kind]} and ${from} ${order}`;
}

const personName = sql.raw(
  "coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email, 'somebody without a name')",
);

export type SelectedRow = {
  key: string;
  name: string;
  detail: string | null;
  person_id: string | null;
  person_name: string;
};

export const toQualityRow = ({ key, name, detail, person_id: id, person_name }: SelectedRow): QualityRow => ({
  key,
  name,
  detail,
  person: id ? { id, name: person_name } : null,
});
