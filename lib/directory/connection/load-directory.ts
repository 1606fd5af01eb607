import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import type { ProbedServer } from "../ldap/probe-server.ts";
import { type DirectorySettings, directorySettings } from "../settings.ts";
import { isSameDoor } from "./fingerprint.ts";
import { openPassword } from "./secret.ts";

/** Where a run that only reads what changed goes on. `server`: a position means nothing to another one. */
export type Position =
  | { by: "modify_timestamp"; server: string | null; after: string }
  | { by: "usn"; server: string | null; after: string };

export type LoadedDirectory = {
  id: string;
  settings: DirectorySettings;
  /** "": there is none, or it was given for another connection than this version has. */
  password: string;
  /** By the scope of which settings the last completed full run went. */
  settledAs: string | null;
  position: Position | null;
  lastTotal: number | null;
  server: Pick<ProbedServer, "kind" | "idAttribute"> | null;
  /** Verified domains of the account: an address of another one is nobody's here. */
  domains: ReadonlySet<string>;
};

type Row = {
  id: string;
  settings: unknown;
  present: unknown;
  sealed_password: string | null;
  settled_as: string | null;
  position: Position | null;
  last_total: number | null;
  server: LoadedDirectory["server"];
  domains: string[];
};

/** The account's directory with one version of its settings (null: the present one); null where there is none. */
export async function loadDirectory(
  scope: { accountId: string },
  version: number | null = null,
): Promise<LoadedDirectory | null> {
  const [row] = await withAccount(scope, (tx) =>
    tx.execute<Row>(sql`
      select d.id, v.settings, present.settings as present, d.sealed_password, d.settled_as, d.position, d.last_total, d.server,
        array(select domain from account_domains where verified_at is not null) as domains from directories d
      join directory_versions v on v.account_id = d.account_id and v.directory_id = d.id
        and v.number = coalesce(${version}::int, d.version)
      join directory_versions present on present.account_id = d.account_id and present.directory_id = d.id
        and present.number = d.version`),
  );
  if (!row) return null;
  const settings = directorySettings.parse(row.settings);
  const isItsOwn = isSameDoor(settings.connection, directorySettings.parse(row.present).connection);
  return {
    id: row.id,
    settings,
    password:
      row.sealed_password && isItsOwn ? openPassword(scope.accountId, row.id, row.sealed_password) : "",
    settledAs: row.settled_as,
    position: row.position,
    lastTotal: row.last_total,
    server: row.server,
    domains: new Set(row.domains),
  };
}
