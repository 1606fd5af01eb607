import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { readAccount } from "#lib/db/read-account.ts";
import { connectionFingerprint } from "./connection/fingerprint.ts";
import type { ProbedServer } from "./ldap/probe-server.ts";
import { type DirectorySettings, directorySettings, firstSettings } from "./settings.ts";

/** The account's directory as its admins see it: of the password only that there is one. */
export type DirectoryView = {
  /** Null until something was saved. */
  id: string | null;
  version: number;
  settings: DirectorySettings;
  hasPassword: boolean;
  /** A connection is saved, and it stood its test. */
  ready: boolean;
  testedAt: Date | null;
  server: Pick<ProbedServer, "kind" | "vendor"> | null;
  nextScheduledAt: Date | null;
  lastGoodAt: Date | null;
  /** Nothing of another state may be saved over this one. */
  lastTotal: number | null;
};

type Row = {
  id: string;
  version: number;
  settings: unknown;
  has_password: boolean;
  tested_as: string | null;
  tested_at: string | null;
  server: DirectoryView["server"];
  next_scheduled_at: string | null;
  last_good_at: string | null;
  last_total: number | null;
};

const nothingYet: DirectoryView = {
  id: null,
  version: 0,
  settings: firstSettings,
  hasPassword: false,
  ready: false,
  testedAt: null,
  server: null,
  nextScheduledAt: null,
  lastGoodAt: null,
  lastTotal: null,
};

/** The account's directory and its present settings; where none was ever saved, those that a form begins with. */
export async function findDirectory(actor: Actor): Promise<DirectoryView> {
  authorize(actor, "directory.view");
  const [[row]] = await readAccount<[Row]>(
    actor,
    sql`
      select d.id, d.version, v.settings, d.sealed_password is not null as has_password, d.tested_as, d.tested_at, d.server,
        d.next_scheduled_at, d.last_good_at, d.last_total
      from directories d join directory_versions v on v.account_id = d.account_id and v.directory_id = d.id and v.number = d.version
      where d.account_id = ${actor.accountId}`,
  );
  return row ? toView(row) : nothingYet;
}

function toView(row: Row): DirectoryView {
  const settings = directorySettings.parse(row.settings);
  const { connection } = settings;
  const isTested = connection !== null && row.tested_as === connectionFingerprint(connection);
  return {
    id: row.id,
    version: row.version,
    settings,
    hasPassword: row.has_password,
    ready: isTested && row.has_password,
    testedAt: isTested ? instant(row.tested_at) : null,
    server: isTested ? row.server : null,
    nextScheduledAt: instant(row.next_scheduled_at),
    lastGoodAt: instant(row.last_good_at),
    lastTotal: row.last_total,
  };
}

const instant = (value: string | null): Date | null => (value ? new Date(value) : null);
