import { type SQL, sql } from "drizzle-orm";
import { readAccount } from "#lib/db/read-account.ts";
import { profileFields } from "#lib/users/profile-fields.ts";
import type { UserStatus } from "#lib/users/user-status.ts";
import type { DirectorySettings } from "../settings.ts";
import type { Met } from "../sync/lines.ts";
import { decideLines } from "../sync/plan-sync.ts";
import { reasonOf, type SyncVerdict } from "../sync/verdicts.ts";

/** `changes`: of somebody who is here, what the directory has otherwise. */
export type PlannedLine = {
  verdict: SyncVerdict;
  reason: string | null;
  person: { id: string; name: string; status: UserStatus } | null;
  changes: { field: string; before: string | null; after: string | null }[];
};

type Row = Record<string, string | null> & { verdict: SyncVerdict; known: string | null; status: UserStatus };

/** Of no run. */
const nobody = "00000000-0000-0000-0000-000000000000";

/** What a sync would do with one entry, decided by the same statement as in a run; nothing is written. */
export async function planLine(
  { accountId }: { accountId: string },
  { users, protected: kept }: DirectorySettings,
  met: Met,
): Promise<PlannedLine> {
  const options = {
    inviteNew: users.inviteNew,
    protectedUsers: kept.users,
    protectedGroups: kept.groups,
  };
  const [[row]] = await readAccount<[Row]>(
    { accountId },
    sql`
      with asked_line as (${asLine(accountId, met)}),
      d as (${decideLines({ accountId, id: nobody, options }, sql`asked_line`)})
      select d.verdict, ${reasonOf} as reason, d.keeps, d.known, d.status, old.email, old.organizational_unit,
        coalesce(nullif(concat_ws(' ', old.first_name, old.last_name), ''), old.email, 'somebody without a name') as name, ${oldFields}
      from d left join users old on old.account_id = d.account_id and old.id = d.known`,
  );
  if (!row) throw new Error("the one line was not decided");
  const person = row.known ? { id: row.known, name: row.name as string, status: row.status } : null;
  return {
    verdict: row.verdict,
    reason: row.reason ?? null,
    person,
    changes: person ? changesOf(row, met) : [],
  };
}

const oldFields = sql.raw(profileFields.map((field) => `old.${field}`).join(", "));

/** The columns of run_rows that deciding takes. */
function asLine(accountId: string, met: Met): SQL {
  const cleared = profileFields.filter((field) => met.fields[field] === null);
  const fields = profileFields.map(
    (field) => sql`${met.fields[field] ?? null}::text as ${sql.identifier(field)}`,
  );
  return sql`
    select ${accountId}::uuid as account_id, ${nobody}::uuid as run_id, 1 as position, 1 as line, ${met.email}::text as email,
      lower(${met.email}::text collate "C") as email_norm, ${met.asked}::text as asked, ${met.marks}::text as problem, ${met.told}::text as raw,
      ${met.externalId}::text as external_id, ${met.dn}::text as dn, ${met.unit}::text as organizational_unit, ${met.aliases}::text as aliases,
      ${sql.param(cleared)}::text[] as cleared, null::text as passed_over, ${sql.join(fields, sql`, `)}`;
}

function changesOf(row: Row, met: Met): PlannedLine["changes"] {
  const pairs: [string, string | null, string | null][] = profileFields.flatMap((field) => {
    const after = met.fields[field];
    return after === undefined ? [] : [[field.replaceAll("_", " "), row[field] ?? null, after]];
  });
  pairs.push(["organizational unit", row.organizational_unit ?? null, met.unit]);
  if (
    row.keeps === null &&
    row.verdict !== "update_without" &&
    row.email?.toLowerCase() !== met.email?.toLowerCase()
  )
    pairs.push(["address", row.email ?? null, met.email]);
  return pairs
    .filter(([, before, after]) => before !== after)
    .map(([field, before, after]) => ({ field, before, after }));
}
