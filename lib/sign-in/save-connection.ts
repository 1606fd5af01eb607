import { type SQL, sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { builtInRoles } from "#lib/authorization/permissions.ts";
import { lockAccount } from "#lib/db/lock-account.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import type { Network } from "#lib/network/checked-addresses.ts";
import { endSessionsOf } from "./connection/end-sessions-of.ts";
import { sealSecret } from "./connection/secret.ts";
import { type ConnectionView, findConnection } from "./find-connection.ts";
import { type ProbeFault, probeProvider } from "./probe-provider.ts";

/** `secret` null keeps the one that there is. */
export type ConnectionSettings = {
  name: string;
  issuer: string;
  clientId: string;
  secret: string | null;
  groupsClaim: string;
  rolesMode: "add" | "replace";
  trustsAddresses: boolean;
};

/** `fault`: saved, and the provider did not stand the test; it stays switched off until it does. */
export type Saved =
  | { ok: true; fault: ProbeFault | null }
  | { ok: false; reason: "secret_needed" | "above_you" | "changed_meanwhile" }
  /** Switched on, so people sign in through it: nothing was changed. */
  | { ok: false; reason: "would_break"; fault: ProbeFault };

/**
 * Saves, after a test where issuer, client or secret changed, or where `test` asks for one. A secret never goes to
 * another issuer than it was given for.
 */
export async function saveConnection(
  actor: UserActor,
  network: Network,
  wish: ConnectionSettings,
  { test = false } = {},
): Promise<Saved> {
  authorize(actor, "sign_in.change");
  const before = await findConnection(actor);
  const moved = before?.issuer !== wish.issuer;
  const changed = moved || before?.clientId !== wish.clientId || wish.secret !== null;
  const trusting = wish.trustsAddresses && !before?.trustsAddresses;
  const regrouping = before?.groupsClaim !== wish.groupsClaim || before?.rolesMode !== wish.rolesMode;
  // Whoever names the provider, or believes it more, can sign in as anybody; and with another claim hold any rule's role.
  if ((changed || trusting || regrouping) && !builtInRoles.admin.every((each) => actor.privileges.has(each)))
    return { ok: false, reason: "above_you" };
  if (moved && before?.hasSecret && wish.secret === null) return { ok: false, reason: "secret_needed" };
  const tested = test || changed;
  const fault = tested ? await probeProvider(network, wish.issuer) : null;
  const judged = { tested, moved, fault, confirmed: changed || trusting };
  if (fault && before?.enabled) {
    await withAccount(actor, (tx) => recordTest(tx, actor, wish, fault));
    return { ok: false, reason: "would_break", fault };
  }
  return withAccount(actor, async (tx) => {
    if (!(await isAsSeen(tx, actor, before))) return { ok: false, reason: "changed_meanwhile" };
    await write(tx, actor, before, wish, judged);
    return { ok: true, fault };
  });
}

/** A test takes its time: whether it was about what stands there still. Nobody else saves until this is over. */
async function isAsSeen(tx: Transaction, actor: UserActor, before: ConnectionView | null): Promise<boolean> {
  await lockAccount(tx, actor.accountId);
  const [now] = await tx.execute<{ savedAt: string }>(sql`
    select updated_at::text as "savedAt" from sso_connections`);
  return now?.savedAt === before?.savedAt;
}

/** `confirmed`: by whom it is vouched for is decided anew. */
type Judged = { tested: boolean; moved: boolean; confirmed: boolean; fault: ProbeFault | null };

async function write(
  tx: Transaction,
  actor: UserActor,
  before: ConnectionView | null,
  wish: ConnectionSettings,
  { tested: isTested, moved, confirmed, fault }: Judged,
): Promise<void> {
  const [made] = await tx.execute<{ id: string }>(
    sql`select coalesce(${before?.id ?? null}::uuid, uuid_v7()) as id`,
  );
  const id = made?.id as string;
  const sealed = wish.secret === null ? null : sealSecret(actor.accountId, id, wish.secret);
  const tested: SQL = isTested ? (fault ? sql`null` : sql`now()`) : sql`sso_connections.tested_at`;
  await tx.execute(sql`
    insert into sso_connections (account_id, id, name, issuer, client_id, sealed_secret, groups_claim, roles_mode,
      trusts_addresses, set_by_owner, tested_at)
    values (${actor.accountId}, ${id}, ${wish.name}, ${wish.issuer}, ${wish.clientId}, ${sealed}, ${wish.groupsClaim},
      ${wish.rolesMode}, ${wish.trustsAddresses}, ${actor.isOwner}, ${fault ? sql`null` : sql`now()`})
    on conflict (account_id, id) do update set name = excluded.name, issuer = excluded.issuer,
      client_id = excluded.client_id, groups_claim = excluded.groups_claim, roles_mode = excluded.roles_mode,
      trusts_addresses = excluded.trusts_addresses, updated_at = now(), tested_at = ${tested},
      sealed_secret = coalesce(excluded.sealed_secret, sso_connections.sealed_secret),
      set_by_owner = case when ${confirmed} then excluded.set_by_owner else sso_connections.set_by_owner end`);
  if (before && moved) await endSessionsOf(tx, id);
  if (isTested) await recordTest(tx, actor, wish, fault);
  const changes = changesOf(before, wish);
  if (changes.length === 0 && wish.secret === null) return;
  await recordEvent(tx, actor, {
    action: "sign_in.changed",
    subjectKind: "account",
    subjectId: actor.accountId,
    details: { changes, ...(wish.secret !== null && { secret: "changed" }) },
  });
}

const recordTest = (
  tx: Transaction,
  actor: UserActor,
  { issuer }: ConnectionSettings,
  fault: ProbeFault | null,
): Promise<void> =>
  recordEvent(tx, actor, {
    action: "sign_in.tested",
    subjectKind: "account",
    subjectId: actor.accountId,
    details: { issuer: issuer.slice(0, 255), failed: fault?.step ?? null },
  });

function changesOf(before: ConnectionView | null, wish: ConnectionSettings): object[] {
  const fields = ["name", "issuer", "clientId", "groupsClaim", "rolesMode", "trustsAddresses"] as const;
  return fields
    .filter((field) => before?.[field] !== wish[field])
    .map((field) => ({ field, before: before && String(before[field]), after: String(wish[field]) }));
}
