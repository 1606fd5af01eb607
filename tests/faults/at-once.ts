// npm run faults:at-once [-- --rounds 20 --posts 100]: two administrators press Run Now in one instant. Two web processes of the production build
// on one database; the form of the page is sent so many times at once, half to each, as half of either administrator. Of each round
// one run may come, and everybody else must be told. Prints a line a round; exit 1 where it was otherwise.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildPages, pagesAreStale } from "#bin/local/build-pages.ts";
import { freePort } from "#bin/local/free-port.ts";
import { makeSecrets } from "#bin/local/load-secrets.ts";
import { processSettings } from "#bin/local/process-settings.ts";
import { addOwner } from "#lib/accounts/add-owner.ts";
import { mintSignInLink } from "#lib/sign-in/mint-sign-in-link.ts";
import { ownerOf } from "#tests/support/account-owner.ts";
import { copyTemplate } from "#tests/support/copy-template.ts";
import { connectDirectory, connectionTo } from "#tests/support/ldap/connection-to.ts";
import { startDirectory } from "#tests/support/ldap/start-directory.ts";
import { makeAccount, type TestAccount } from "#tests/support/make-account.ts";
import { rolesOf } from "#tests/support/roles-of.ts";
import { sessionCookie } from "#tests/support/session-cookie.ts";
import { startTestCluster } from "#tests/support/test-cluster.ts";
import { type Form, readForm, send } from "./page-form.ts";
import { startWeb } from "./web-process.ts";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "20" }, posts: { type: "string", default: "100" } },
});
const [rounds, posts] = [Number(values.rounds), Number(values.posts)];
const root = join(import.meta.dirname, "..", "..");
const logs = join(root, ".build", "logs", "at-once");
mkdirSync(logs, { recursive: true });

if (pagesAreStale(root)) {
  const env = processSettings({ port: 80, postgresPort: 80, database: "none", secrets: makeSecrets() });
  await buildPages({ root, env, logFile: join(logs, "build.log"), signal: new AbortController().signal });
}
const cluster = await startTestCluster();
const ports = [await freePort(), await freePort()];
const database = await copyTemplate(cluster.info, ports[0]);
const roles = rolesOf(database, { app: 2, worker: 1 });
const environment: NodeJS.ProcessEnv = { ...database.environment, ROLLCALL_ALLOW_NETWORKS: "127.0.0.0/8" };
process.env.ROLLCALL_SECRET_KEYS = environment.ROLLCALL_SECRET_KEYS;
const directory = await startDirectory({ people: 40 });
const webs = await Promise.all(ports.map((port) => startWeb({ root, logs, port, environment })));
const origin = new URL(environment.ROLLCALL_BASE_URL ?? "").origin;
try {
  process.exitCode = (await playAll()) ? 0 : 1;
} finally {
  await Promise.all(webs.map(({ stop }) => stop()));
  await directory.stop();
  await roles.end();
  await cluster.stop();
}

async function playAll(): Promise<boolean> {
  const { account, cookies } = await twoAdministrators();
  const actor = ownerOf(account);
  await roles.as("app", () => connectDirectory(actor, connectionTo(directory.port)));
  const path = `/a/${account.slug}/enrollment/directory-sync`;
  const places = webs.flatMap(({ url }) => cookies.map((cookie) => ({ url, cookie, path, origin })));
  let good = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const forms = await Promise.all(places.map((place) => readForm(place, "Run Now")));
    const began = performance.now();
    const answers = await Promise.all(Array.from({ length: posts }, (_, nth) => pressed(forms, nth)));
    const ms = Math.round(performance.now() - began);
    const runs = await roles.sql<{ id: string }[]>`select id from runs where state = 'queued'`;
    const of = (answer: string) => answers.filter((each) => each === answer).length;
    const isGood = runs.length === 1 && of("taken") === 1 && of("refused") === posts - 1;
    console.log(
      `round ${round}: ${posts} posts in ${ms} ms, ${runs.length} runs; taken ${of("taken")}, told that one is under way ${of("refused")}, other ${posts - of("taken") - of("refused")}${isGood ? "" : "  NOT GOOD"}`,
    );
    good += isGood ? 1 : 0;
    // No worker is there that would end it.
    await roles.sql`update runs set state = 'cancelled', finished_at = now() where state = 'queued'`;
  }
  const [all] = await roles.sql<{ n: number }[]>`select count(*)::int as n from runs`;
  console.log(`${rounds} rounds, ${all?.n} runs, ${good} rounds good.`);
  return good === rounds && all?.n === rounds;
}

async function pressed(forms: Form[], nth: number): Promise<string> {
  const { status, location, body } = await send(forms[nth % forms.length] as Form, { mode: "apply" });
  if (status === 303 && location?.endsWith("/enrollment/directory-sync")) return "taken";
  return body.includes("A sync that somebody asked for is under way already.")
    ? "refused"
    : `other ${status}`;
}

async function twoAdministrators(): Promise<{ account: TestAccount; cookies: string[] }> {
  return roles.as("owner", async () => {
    const tokenKey = environment.ROLLCALL_TOKEN_KEY ?? "";
    const account = await makeAccount(tokenKey);
    const userId = await addOwner(account.id, { email: `bo.second@${account.domain}` });
    const signInPath = () => mintSignInLink(tokenKey, { accountId: account.id, userId });
    const cookies = [
      await sessionCookie(account, environment),
      await sessionCookie({ ...account, signInPath }, environment),
    ];
    return { account, cookies };
  });
}
