/**
 * Memory of the web process while 512 MiB are uploaded, above what it holds idle after one small upload; the bytes and
 * the SHA-256 that were stored are compared with those sent. One JSON line; exits 1 past the bar.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import postgres from "postgres";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { startApp } from "#tests/support/app-under-test.ts";
import { makeAccount } from "#tests/support/make-account.ts";
import { sendFile } from "#tests/support/send-file.ts";
import { sessionCookie } from "#tests/support/session-cookie.ts";
import { startTestCluster } from "#tests/support/test-cluster.ts";

const bar = 64;
const size = Number(process.env.MEBIBYTES ?? 511) * 2 ** 20;

const megabytes = (status: string, name: "VmRSS" | "VmHWM") =>
  Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(status, "utf8"))?.[1] ?? 0) / 1024;

async function* roster(total: number, hash: ReturnType<typeof createHash>, count: { bytes: number }) {
  let row = 0;
  let text = "Email ID,First Name,Last Name,Title\r\n";
  while (count.bytes < total) {
    while (text.length < 65_536) {
      row += 1;
      text += `u${row}.${(row * 2_654_435_761) % 4_294_967_296}@acme.test,José ${row % 977},Smith ${row % 1009},Engineer\r\n`;
    }
    const chunk = Buffer.from(text);
    text = "";
    hash.update(chunk);
    count.bytes += chunk.length;
    yield chunk;
  }
}

const cluster = await startTestCluster();
const app = await startApp(cluster.info, JSON.parse(process.env.EXTRA ?? "{}"));
const book = postgres(app.database.superUrl, { max: 1, onnotice: () => {} });
let failed = true;
try {
  openDatabase(app.database.ownerUrl, { max: 2 });
  const account = await makeAccount(app.environment.ROLLCALL_TOKEN_KEY ?? "");
  const cookie = await sessionCookie(account, app.environment);
  const target = { url: app.url, account, cookie, mode: "check" };
  await sendFile(target, roster(2 ** 20, createHash("sha256"), { bytes: 0 }));
  const status = `/proc/${app.webPid}/status`;
  const idle = megabytes(status, "VmRSS");
  const hash = createHash("sha256");
  const count = { bytes: 0 };
  const began = performance.now();
  const sent = await sendFile(target, roster(size, hash, count));
  const seconds = (performance.now() - began) / 1000;
  const peak = megabytes(status, "VmHWM");
  const [stored] = await book`select size::float8, sha256 from uploads order by id desc limit 1`;
  const same = stored?.size === count.bytes && stored?.sha256 === hash.digest("hex");
  console.log(
    JSON.stringify({
      bench: "upload",
      status: sent.status,
      bytes: count.bytes,
      same,
      seconds,
      idle,
      peak,
      above: peak - idle,
    }),
  );
  failed = !same || peak - idle > bar;
} finally {
  await book.end();
  await closeDatabase();
  await app.stop();
  await cluster.stop();
}
process.exitCode = failed ? 1 : 0;
