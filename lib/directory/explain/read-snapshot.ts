import { type SQL, sql } from "drizzle-orm";
import { readAccount } from "#lib/db/read-account.ts";
import type { UserStatus } from "#lib/users/user-status.ts";
import { scopeFingerprint } from "../connection/fingerprint.ts";
import { type DirectorySettings, directorySettings } from "../settings.ts";
import type { Sought } from "./sought.ts";
import { mostCases } from "./step.ts";

/** `settled`: the last complete reading went by the scope of the present settings. */
export type Place = { settings: DirectorySettings; settled: boolean; domains: ReadonlySet<string> };

export type Entry = {
  external_id: string;
  dn: string;
  dn_key: string;
  email: string | null;
  verdict: "in" | "excluded" | "protected" | "left_out" | "suspended";
  reason: string | null;
  /** The next sync looks at it again, whether it has changed or not. */
  unsettled: boolean;
  run_id: string;
  run_at: string | null;
  user_id: string | null;
  user_name: string | null;
  user_status: UserStatus | null;
  /** A suspension by a sync waits for approval. */
  waits: boolean;
};

export type Person = {
  id: string;
  name: string;
  status: UserStatus;
  source: string;
  external_id: string | null;
};

export type Snapshot = { place: Place | null; entries: Entry[]; people: Person[] };

const nameOf = sql.raw(
  "coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email, 'somebody without a name')",
);

/** What the last snapshot, and the account, know of an address or of the name of an entry. One entry more than are told. */
export async function readSnapshot(
  { accountId }: { accountId: string },
  sought: Exclude<Sought, { by: "nothing" }>,
): Promise<Snapshot> {
  const norm = sought.by === "address" ? sought.norm : null;
  const [[place], entries, people] = await readAccount<
    [{ settings: unknown; settled_as: string | null; domains: string[] }, Entry, Person]
  >(
    { accountId },
    sql`
      select v.settings, d.settled_as, array(select domain from account_domains where verified_at is not null) as domains
      from directories d join directory_versions v on v.account_id = d.account_id and v.directory_id = d.id and v.number = d.version
      where d.account_id = ${accountId}`,
    entriesOf(accountId, sought.by === "dn" ? sql`f.dn_key = ${sought.key}` : addressIs(accountId, norm)),
    sql`
      select u.id, ${nameOf} as name, u.status, u.source, u.external_id from users u
      where u.account_id = ${accountId} and u.email_norm = ${norm}::text and u.status <> 'deleted'`,
  );
  return { place: place ? toPlace(place) : null, entries, people };
}

/** Also of whoever has the address here and another one, or none, in the directory. */
const addressIs = (accountId: string, norm: string | null): SQL => sql`f.external_id in (
  select external_id from directory_entries where account_id = ${accountId} and email_norm = ${norm}::text
  union all select external_id from users where account_id = ${accountId} and email_norm = ${norm}::text)`;

const entriesOf = (accountId: string, which: SQL): SQL => sql`
  select e.external_id, e.dn, e.dn_key, e.email, e.verdict, e.reason, e.row_hash is null as unsettled, e.run_id, r.finished_at as run_at,
    u.id as user_id, ${nameOf} as user_name, u.status as user_status, exists (
      select from runs w join run_changes c on c.account_id = w.account_id and c.run_id = w.id and c.user_id = u.id and c.action = 'suspend'
      where w.account_id = e.account_id and w.removals = 'waiting' and w.kind = 'directory_sync') as waits
  from (select * from directory_entries f where f.account_id = ${accountId} and ${which}
    order by f.external_id limit ${mostCases + 1}) e
  left join users u on u.account_id = e.account_id and u.id = e.user_id
  left join runs r on r.account_id = e.account_id and r.id = e.run_id
  order by e.external_id`;

function toPlace({
  settings,
  settled_as,
  domains,
}: {
  settings: unknown;
  settled_as: string | null;
  domains: string[];
}): Place {
  const read = directorySettings.parse(settings);
  return { settings: read, settled: settled_as === scopeFingerprint(read), domains: new Set(domains) };
}
