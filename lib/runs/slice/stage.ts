import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import { profileFields } from "#lib/users/profile-fields.ts";
import type { StagedBatch } from "../run-kind.ts";
import type { Lease } from "./lease.ts";

const textColumns = [
  "email",
  "asked",
  ...profileFields,
  "groups",
  "cleared",
  "problem",
  "passed_over",
  "raw",
  "external_id",
  "dn",
  "dn_key",
  "organizational_unit",
  "aliases",
  "row_hash",
] as const;

const insertHead = sql.raw(
  `insert into run_rows (account_id, run_id, position, line, ${textColumns.join(", ")})`,
);
const selected = sql.raw(
  textColumns
    .map((name) => (name === "cleared" ? "string_to_array(s.cleared, ',')" : `s.${name}`))
    .join(", "),
);
const aliases = sql.raw(`s(position, line, ${textColumns.join(", ")})`);

/** One statement however many entries: arrays by column. COPY is refused to a role under row-level security. */
export async function stageBatch(tx: Transaction, lease: Lease, batch: StagedBatch): Promise<void> {
  const counted = tx.execute(sql`
    update runs set rows_read = rows_read + ${batch.met ?? batch.count}, same = same + ${batch.same ?? 0},
      last_position = greatest(last_position, ${batch.position.at(-1) ?? 0}),
      checkpoint = ${JSON.stringify(batch.checkpoint)}::jsonb
    where id = ${lease.runId}`);
  // Both are on their way before the first is answered.
  await Promise.all([batch.count > 0 && stageLines(tx, lease, batch), counted]);
}

function stageLines(tx: Transaction, lease: Lease, batch: StagedBatch): Promise<unknown> {
  const arrays = textColumns.map((name) => textArray(columnOf(batch, name)));
  return tx.execute(sql`${insertHead}
    select ${lease.accountId}::uuid, ${lease.runId}::uuid, s.position, s.line, ${selected}
    from unnest(${`{${batch.position}}`}::int[], ${`{${batch.line}}`}::int[], ${sql.join(arrays, sql`, `)}) as ${aliases}`);
}

function columnOf(batch: StagedBatch, name: (typeof textColumns)[number]) {
  if (name in renamed) return batch[renamed[name as keyof typeof renamed]];
  if (
    name === "email" ||
    name === "asked" ||
    name === "cleared" ||
    name === "problem" ||
    name === "raw" ||
    name === "aliases" ||
    name === "dn"
  )
    return batch[name];
  return batch.fields[name as keyof StagedBatch["fields"]];
}

const renamed = {
  passed_over: "passedOver",
  external_id: "externalId",
  dn_key: "dnKey",
  organizational_unit: "organizationalUnit",
  row_hash: "rowHash",
} as const;

// An empty array is padded with nulls by unnest to the length of the others.
const textArray = (values: (string | null)[] | undefined): SQL =>
  values ? sql`${arrayLiteral(values)}::text[]` : sql.raw("'{}'::text[]");

/** The driver's own way of writing an array escapes every value by itself, and takes as long as reading the file. */
function arrayLiteral(values: (string | null)[]): string {
  let text = "";
  for (const value of values) {
    if (value === null) text += ",null";
    else text += special.test(value) ? `,"${value.replace(specials, "\\$&")}"` : `,"${value}"`;
  }
  return `{${text.slice(1)}}`;
}

const special = /["\\]/;
const specials = /["\\]/g;
