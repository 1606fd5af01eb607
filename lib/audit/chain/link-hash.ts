import { createHmac, hkdfSync } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { secretKeys } from "#lib/secrets/secret-keys.ts";

/** An event as the database stores it, every value as text; `details` is Postgres's own text of the jsonb. */
export type Sealable = {
  id: string;
  at: string;
  actor_kind: string;
  actor_id: string | null;
  actor_name: string;
  ip: string | null;
  action: string;
  subject_kind: string | null;
  subject_id: string | null;
  run_id: string | null;
  details: string;
};

export type Link = {
  accountId: string;
  position: number;
  /** The hash of the link before; `beforeFirst` for position 1. */
  previous: string;
  keyId: string;
  /** As `instantText` writes it. */
  sealedAt: string;
};

export const beforeFirst = "0".repeat(64);

/** UTC to the microsecond, "2026-03-01T08:30:00.000000Z": what Postgres stores, whatever the time zone of a session. */
export const instantText = (column: SQL): SQL =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The columns of `e` (audit_events) that a link covers. */
export const sealable: SQL = sql`e.id, ${instantText(sql`e.at`)} as at, e.actor_kind, e.actor_id, e.actor_name, e.ip,
  e.action, e.subject_kind, e.subject_id, e.run_id, e.details::text as details`;

/**
 * HMAC-SHA-256 in hex over the UTF-8 bytes of one JSON array without blanks (RFC 8259, as JSON.stringify writes it):
 * "rollcall-audit-1", account id, position, hash before, key id, time of sealing, then the event's id, time, actor kind,
 * actor id, actor name, address, action, subject kind, subject id, run id and details; numbers as numbers, null as null.
 */
export function linkHash(link: Link, event: Sealable): string {
  const key = chainKey(link.keyId);
  if (!key) throw new Error(`ROLLCALL_SECRET_KEYS has no key "${link.keyId}"`);
  return createHmac("sha256", key).update(canonical(link, event)).digest("hex");
}

const canonical = (link: Link, e: Sealable): string =>
  JSON.stringify([
    "rollcall-audit-1",
    ...[link.accountId, link.position, link.previous, link.keyId, link.sealedAt],
    ...[e.id, e.at, e.actor_kind, e.actor_id, e.actor_name, e.ip],
    ...[e.action, e.subject_kind, e.subject_id, e.run_id, e.details],
  ]);

const derived = new WeakMap<Buffer, Buffer>();

/** HKDF-SHA-256 (RFC 5869) of the secret key of that id, without salt, info "rollcall audit chain"; null: no such key. */
export function chainKey(keyId: string): Buffer | null {
  const secret = secretKeys().byId.get(keyId);
  if (!secret) return null;
  const key = derived.get(secret) ?? Buffer.from(hkdfSync("sha256", secret, "", "rollcall audit chain", 32));
  derived.set(secret, key);
  return key;
}
