import { setTimeout as sleep } from "node:timers/promises";
import { addOwner } from "#lib/accounts/add-owner.ts";
import { createAccount } from "#lib/accounts/create-account.ts";
import { findAccountId } from "#lib/accounts/find-account-id.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { readSettings } from "#lib/env/settings.ts";
import { acceptRoster } from "#lib/imports/accept-roster.ts";
import { requestImport } from "#lib/imports/request-import.ts";
import { findRun } from "#lib/runs/find-run.ts";
import { endSession } from "#lib/sign-in/end-session.ts";
import { findActor } from "#lib/sign-in/find-actor.ts";
import { mintSignInLink } from "#lib/sign-in/mint-sign-in-link.ts";
import { redeemSignInToken } from "#lib/sign-in/redeem-sign-in-token.ts";
import { samplePeople } from "./local/sample-people.ts";
import { seedSignIn } from "./local/seed-sign-in.ts";

const owner = { email: "olivia.owner@acme.test", firstName: "Olivia", lastName: "Owner" };
const firstImportMs = 30_000;

/** The sample account and a new sign-in link for its owner; the last line of its output is JSON for the launcher. */
async function main(): Promise<void> {
  const settings = readSettings("operator", process.env);
  const web = readSettings("web", process.env);
  openDatabase(settings.DATABASE_OWNER_URL, { max: 1 });
  const known = await findAccountId("acme");
  const accountId = known ?? (await sampleAccount());
  const userId = await addOwner(accountId, owner);
  const link = () => mintSignInLink(settings.ROLLCALL_TOKEN_KEY, { accountId, userId });
  const ownLink = await link();
  await closeDatabase();
  openDatabase(web.DATABASE_URL, { max: 2 });
  const actor = await signedIn(settings.ROLLCALL_TOKEN_KEY, ownLink.replace("/sign-in/", ""));
  await seedSignIn(actor, {
    issuer: process.env.SAMPLE_PROVIDER ?? "",
    secret: process.env.SAMPLE_PROVIDER_SECRET ?? "",
    networks: web.ROLLCALL_ALLOW_NETWORKS,
    isNew: !known,
  });
  if (!known) await importSample(actor);
  await endSession(actor);
  console.log(JSON.stringify({ signInPath: await link() }));
  await closeDatabase();
}

async function sampleAccount(): Promise<string> {
  const made = await createAccount({ slug: "acme", name: "Acme Corporation", domains: ["acme.test"] });
  if (!made.ok) throw new Error(`the sample account was refused: ${made.reason}`);
  return made.accountId;
}

async function signedIn(tokenKey: string, token: string): Promise<UserActor> {
  const session = await redeemSignInToken(tokenKey, token);
  const actor = session.ok ? await findActor(session.sessionId) : null;
  if (!actor) throw new Error("the sample owner could not sign in");
  return actor;
}

/** Through the same door as everybody: the owner uploads a file, and the worker does the rest. */
async function importSample(actor: UserActor): Promise<void> {
  const bytes = (async function* () {
    yield Buffer.from(samplePeople());
  })();
  const upload = await acceptRoster(actor, { fileName: "acme-people.csv", bytes });
  if (!upload.ok) throw new Error(upload.sentence);
  const requested = await requestImport(actor, { uploadId: upload.uploadId, mode: "apply" });
  if (!requested.ok) throw new Error(requested.reason);
  const until = Date.now() + firstImportMs;
  while (Date.now() < until) {
    const run = await findRun(actor, requested.runId);
    if (run?.state === "completed" || run?.state === "failed") return;
    await sleep(200);
  }
}

await main();
