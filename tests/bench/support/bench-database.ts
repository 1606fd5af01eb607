import { addOwner } from "#lib/accounts/add-owner.ts";
import { createAccount } from "#lib/accounts/create-account.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { builtInRoles } from "#lib/authorization/permissions.ts";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { type CopiedDatabase, copyTemplate } from "#tests/support/copy-template.ts";
import { startTestCluster, type TestCluster } from "#tests/support/test-cluster.ts";
import { fileDomain } from "./people-file.ts";

/** Durable, and large enough that neither side waits for a checkpoint that the other one caused. */
const durable = {
  fsync: "on",
  full_page_writes: "on",
  synchronous_commit: "on",
  shared_buffers: "1GB",
  max_wal_size: "16GB",
  checkpoint_timeout: "30min",
};

export const startBenchCluster = (settings: Record<string, string> = {}): Promise<TestCluster> =>
  startTestCluster({ ...durable, ...settings });

export type BenchDatabase = CopiedDatabase & { actor: UserActor };

/** A database of its own with one empty account, so that no round inherits the bloat of another. */
export async function freshDatabase(cluster: TestCluster): Promise<BenchDatabase> {
  const database = await copyTemplate(cluster.info);
  return { ...database, actor: await addAccount(database, "bench", fileDomain) };
}

/** One more empty account; gives its owner. */
export async function addAccount(database: CopiedDatabase, slug: string, domain: string): Promise<UserActor> {
  openDatabase(database.ownerUrl, { max: 1 });
  const made = await createAccount({ slug, name: "Bench", domains: [domain] });
  if (!made.ok) throw new Error(`no account was made: ${made.reason}`);
  const { accountId } = made;
  const owner = { email: `ada.owner@${domain}`, firstName: "Ada", lastName: "Owner" };
  const userId = await addOwner(accountId, owner);
  await closeDatabase();
  return ownerActor(accountId, slug, userId, owner.email);
}

function ownerActor(accountId: string, accountSlug: string, userId: string, userEmail: string): UserActor {
  return {
    kind: "user",
    accountId,
    accountSlug,
    accountName: "Bench",
    userId,
    userName: "Ada Owner",
    userEmail,
    sessionId: "00000000-0000-7000-8000-000000000000",
    privileges: new Set(builtInRoles.owner),
    isAdmin: true,
    isOwner: true,
  };
}
