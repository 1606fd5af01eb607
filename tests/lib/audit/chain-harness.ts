import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { recordEvent } from "#lib/audit/record-event.ts";
import { runSealAudit } from "#lib/audit/run-seal-audit.ts";
import { verifyChain } from "#lib/audit/verify-chain.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { readKeys } from "#lib/secrets/seal.ts";
import { secretKeys } from "#lib/secrets/secret-keys.ts";
import { ownerOf } from "#tests/support/account-owner.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";
import { makeAccount, type TestAccount } from "#tests/support/make-account.ts";

const newKey = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;
export const keys = { first: newKey("k1"), second: newKey("k2") };

/** What a start of the processes with these keys does. */
export const useKeys = (text: string) => Object.assign(secretKeys(), readKeys(text));

/** A database for one test file, a fresh account before each test, and what its processes do with the chain. */
export function chainHarness() {
  let roles: Roles;
  let acme: TestAccount;
  const newAccount = () => roles.as("owner", () => makeAccount(randomBytes(32).toString("base64")));

  beforeAll(async () => {
    process.env.ROLLCALL_SECRET_KEYS = keys.first;
    roles = await openRoles();
  });
  beforeEach(async () => {
    useKeys(keys.first);
    acme = await newAccount();
  });
  afterAll(() => roles.end());

  const details = { ключ: '„ü"\n', b: null, aa: 1.5 };
  const links = () => roles.sql`
    select position::int, event_id, hash, key_id from audit_chain where account_id = ${acme.id} order by position`;
  return {
    roles: () => roles,
    acme: () => acme,
    newAccount,
    record: (events: number, of = acme) =>
      roles.as("app", () =>
        withAccount({ accountId: of.id }, async (tx) => {
          const event = { action: "user.edited", subjectKind: "user", subjectId: of.owner.id } as const;
          for (let n = 0; n < events; n += 1)
            await recordEvent(tx, ownerOf(of), { ...event, details: { ...details, n } });
        }),
      ),
    seal: () => roles.as("worker", () => runSealAudit({ forMs: 0 })),
    verify: (kept?: { position: number; hash: string }) =>
      roles.as("owner", () => verifyChain(acme.id, kept)),
    /** As somebody who holds the database itself: no trigger, no policy and no grant is in the way. */
    tamper: (text: string, values: unknown[] = []) =>
      roles.sql.begin(async (tx) => {
        await tx`set local session_replication_role = replica`;
        const done = await tx.unsafe(text, values as never[]);
        expect(done.count, "the tampering found its rows").toBeGreaterThan(0);
      }),
    links,
    eventAt: async (position: number) => (await links())[position - 1]?.event_id as string,
  };
}
