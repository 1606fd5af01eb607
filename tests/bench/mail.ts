// npm run bench:mail [-- --mails 10000] [--rounds 5] [--only rate|drain|memory] [--full: with bounces, reminders, caps, and 100,000 mails for memory]. Prints every measurement and one JSON line; exit 1 past a bar.
import assert from "node:assert/strict";
import { parseArgs } from "node:util";
import { startTestCluster } from "#tests/support/test-cluster.ts";
import { drain, drainBare } from "./mail-drain.ts";
import { measureRate } from "./mail-rate.ts";

/** `memoryMb`: by how much ten times as many mails may raise the worker's peak. */
const bars = { rate: 1.05, drain: 4, memoryMb: 30 };
const options = {
  mails: { type: "string" },
  rounds: { type: "string" },
  only: { type: "string" },
  full: { type: "boolean", default: false },
} as const;
const { values } = parseArgs({ options });
const { full, only } = values;
const mails = Number(values.mails ?? 10_000);
const rounds = Number(values.rounds ?? 5);

const cluster = await startTestCluster();
const report: Record<string, unknown> = { bench: "mail", mails, full };
let passed = true;
try {
  if (!only || only === "rate") await benchRate();
  if (!only || only === "drain") await benchDrain();
  if (full && (!only || only === "memory")) await benchMemory();
} finally {
  await cluster.stop();
}
console.log(JSON.stringify({ ...report, passed }));
process.exitCode = passed ? 0 : 1;

async function benchRate(): Promise<void> {
  for (const name of ["undisturbed", "killed"]) {
    const result = await measureRate(cluster.info, mails, { kill: name === "killed", full });
    const waiting = full ? { "queued without id": Math.floor(mails / 3) } : {};
    assert.deepEqual(result.states, { sent: mails, ...waiting });
    assert.equal(result.accepted, mails);
    assert.equal(result.duplicates, 0);
    assert.equal(result.withoutKey, 0);
    const { seconds, ideal, ratio, limited, limitedAfterFirstSecond, repeats, peakMb } = result;
    console.log(
      `rate, ${name}: ${seconds.toFixed(2)} s for ${ideal} s at 5 requests/s = ${ratio.toFixed(3)} (bar ${bars.rate}); ` +
        `429: ${limited}, after the first second ${limitedAfterFirstSecond}; repeated batches ${repeats}; peak ${peakMb} MB${full ? `; told of ${result.told} mails meanwhile` : ""}`,
    );
    passed &&= ratio <= bars.rate && limitedAfterFirstSecond === 0;
    report[name] = { seconds, ratio, limited, limitedAfterFirstSecond, repeats, peakMb };
  }
}

async function benchDrain(): Promise<void> {
  await drainBare(cluster.info, mails);
  await drain(cluster.info, mails, full);
  const ratios: number[] = [];
  let peakMb = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const floor = await drainBare(cluster.info, mails);
    const product = await drain(cluster.info, mails, full);
    assert.deepEqual(product.states, floor.states);
    assert.deepEqual([product.accepted, product.duplicates], [mails, 0]);
    ratios.push(product.ms / floor.ms);
    peakMb = Math.max(peakMb, product.peakMb);
    console.log(
      `drain, round ${round}: floor ${floor.ms.toFixed(0)} ms, product ${product.ms.toFixed(0)} ms = ${ratios.at(-1)?.toFixed(2)}`,
    );
  }
  const median = ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? Number.NaN;
  console.log(`drain: median ratio ${median.toFixed(2)} (bar ${bars.drain}); peak ${peakMb} MB`);
  passed &&= median <= bars.drain;
  report.drain = { medianRatio: median, ratios, peakMb };
}

async function benchMemory(): Promise<void> {
  const few = await drain(cluster.info, mails, full);
  const many = await drain(cluster.info, 10 * mails, full);
  assert.deepEqual([many.accepted, many.duplicates], [10 * mails, 0]);
  const moreMb = many.peakMb - few.peakMb;
  console.log(
    `memory: peak ${few.peakMb} MB after ${mails} mails, ${many.peakMb} MB after ${10 * mails} (${(many.ms / 1000).toFixed(1)} s): ` +
      `${moreMb} MB more (bar ${bars.memoryMb})`,
  );
  passed &&= moreMb <= bars.memoryMb;
  report.memory = { fewMb: few.peakMb, manyMb: many.peakMb, moreMb, ms: many.ms };
}
