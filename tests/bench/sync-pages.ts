/**
 * npm run bench:sync-pages [-- --people 100000]: what an admin's pages take while a directory is synced for the first time,
 * and again with nothing changed, against the same pages of the same processes at rest. One admin asks for one page after the
 * other, four a second. The bar: p95 at most 1.5 of that at rest. One JSON line; exits 1 past it.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { requestSync } from "#lib/directory/request-sync.ts";
import { ownerOf } from "#tests/support/account-owner.ts";
import { startApp } from "#tests/support/app-under-test.ts";
import { connectDirectory } from "#tests/support/ldap/connection-to.ts";
import { makeAccount } from "#tests/support/make-account.ts";
import { sessionCookie } from "#tests/support/session-cookie.ts";
import { percentile, readPage } from "./support/ask-pages.ts";
import { startBenchCluster } from "./support/bench-database.ts";
import { benchConnection, benchPassword, hasSlapd, startBenchSlapd } from "./support/bench-slapd.ts";
import { round2 } from "./support/tell-pair.ts";

const { values } = parseArgs({
  options: { people: { type: "string", default: "100000" }, seconds: { type: "string", default: "20" } },
});
const bar = 1.5;
const everyMs = 250;
const people = Number(values.people);
if (!hasSlapd()) throw new Error("This bench needs OpenLDAP: apt-get install slapd ldap-utils");

const cluster = await startBenchCluster();
const app = await startApp(cluster.info, { ROLLCALL_ALLOW_NETWORKS: "127.0.0.0/8" });
process.env.ROLLCALL_SECRET_KEYS = app.environment.ROLLCALL_SECRET_KEYS;
const book = postgres(app.database.superUrl, { max: 1, onnotice: () => {} });
openDatabase(app.database.ownerUrl, { max: 2 });
const account = await makeAccount(app.environment.ROLLCALL_TOKEN_KEY ?? "");
const cookie = await sessionCookie(account, app.environment);
await closeDatabase();
openDatabase(app.database.appUrl, { max: 2 });
const actor = ownerOf(account);
const slapd = await startBenchSlapd(people, account.domain);
const home = `/a/${account.slug}`;
const of = (ms: number[]) => round2(percentile(ms, 0.95));
const paths = [home, `${home}/users`, `${home}/enrollment/directory-sync`, `${home}/audit`];
try {
  process.exitCode = (await measure()) ? 0 : 1;
} finally {
  await book.end();
  await closeDatabase();
  await app.stop();
  await slapd.stop();
  await cluster.stop();
}

async function measure(): Promise<boolean> {
  await connectDirectory(actor, benchConnection(slapd.port), benchPassword);
  const first = await sync();
  const forFirst = await askUntil(first.ended);
  await book`analyze`;
  await askUntil(sleep(3_000));
  const rest = await askUntil(sleep(Number(values.seconds) * 1_000));
  const again = await sync();
  const forAgain = await askUntil(again.ended);
  const p95 = { rest: of(rest), first: of(forFirst), unchanged: of(forAgain) };
  const result = {
    first: round2(p95.first / p95.rest),
    unchanged: round2(p95.unchanged / p95.rest),
  };
  const held = Object.values(result).every((ratio) => ratio <= bar);
  const asked = [rest, forFirst, forAgain].map((ms) => ms.length);
  console.log(
    `p95 at rest ${p95.rest} ms, first sync ${p95.first} ms, nothing changed ${p95.unchanged} ms; asked ${asked}`,
  );
  console.log(JSON.stringify({ bench: "sync-pages", people, p95, ...result, bar, held }));
  return held;
}

/** One page after the other, beginning at fixed times, whatever the one before took. */
async function askUntil(end: Promise<unknown>): Promise<number[]> {
  const ms: number[] = [];
  const under: Promise<void>[] = [];
  let isOver = false;
  const ended = end.finally(() => {
    isOver = true;
  });
  ended.catch(() => {});
  for (let nth = 0; !isOver; nth += 1) {
    const sent = performance.now();
    const path = paths[nth % paths.length] as string;
    under.push(readPage(app.url, { path, cookie }).then(() => void ms.push(performance.now() - sent)));
    await sleep(everyMs);
  }
  await Promise.all(under);
  await ended;
  return ms;
}

async function sync(): Promise<{ ended: Promise<void> }> {
  const asked = await requestSync(actor, { mode: "apply", holdHours: 0 });
  if (!asked.ok) throw new Error(asked.reason);
  const ended = async () => {
    for (;;) {
      const [run] = await book`select state, failure from runs where id = ${asked.runId}`;
      if (run?.state === "failed") throw new Error(run.failure);
      if (run?.state === "completed") return;
      await sleep(50);
    }
  };
  return { ended: ended() };
}
