/**
 * Reading and judging 1,000,000 rows against a bare readline loop over the same file. Prints every pair, the median ratio,
 * the peak memory and one JSON line; exits 1 past the bars.
 */
import { spawnSync } from "node:child_process";
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { inspectHead } from "#lib/imports/file/inspect-head.ts";
import { readRoster } from "#lib/imports/file/read-roster.ts";
import { rosterReading } from "#lib/imports/file/roster-reading.ts";
import { inspectBytes } from "#lib/uploads/inspect-bytes.ts";

const bars = { ratio: 6, megabytes: 200 };
const rows = Number(process.env.ROWS ?? 1_000_000);
const me = fileURLToPath(import.meta.url);

async function writeRoster(path: string): Promise<void> {
  const file = createWriteStream(path);
  file.write("Email ID,First Name,Last Name,Alternate ID,Work Phone,Title,Department,User Status\r\n");
  let random = 42;
  const next = (below: number) => {
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
    return random % below;
  };
  const pick = (words: string) => words.split(" ")[next(words.split(" ").length)];
  for (let row = 1; row <= rows; row++) {
    const first = pick("Ana José Zoë Bob Mei Olu Iva Kim");
    const last = pick("Smith Müller Okafor Lee García Novak");
    const domain = next(100) === 0 ? "elsewhere.test" : "acme.test";
    const title = next(20) === 0 ? '"Engineer, senior"' : "Engineer";
    const line = `u${row}@${domain},${first},${last},A${row},+1 555 ${next(9000)},${title},Research,New\r\n`;
    if (!file.write(line)) await new Promise<void>((resolve) => file.once("drain", () => resolve()));
  }
  await new Promise<void>((resolve) => file.end(() => resolve()));
}

async function floor(path: string): Promise<number> {
  let count = 0;
  for await (const _ of createInterface({
    input: createReadStream(path),
    crlfDelay: Number.POSITIVE_INFINITY,
  }))
    count += 1;
  return count - 1;
}

async function product(path: string): Promise<number> {
  const inspector = inspectBytes(rosterReading.words);
  const handle = await open(path);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(256 * 1024), 0, 256 * 1024, 0);
  await handle.close();
  inspector.feed(buffer.subarray(0, bytesRead));
  const verdict = inspector.verdict();
  if (!verdict.ok) throw new Error(verdict.sentence);
  const head = inspectHead(inspector.head(), { ...verdict, size: statSync(path).size });
  if (!head.ok) throw new Error(head.sentence);
  const open1M = (from: number): AsyncIterable<Buffer> =>
    createReadStream(path, { start: from, highWaterMark: 1 << 20 });
  let count = 0;
  for await (const batch of readRoster({
    open: open1M,
    layout: head.layout,
    domains: ["acme.test"],
    clearWord: "-",
  })) {
    if (!batch.ok) throw new Error(batch.sentence);
    count += batch.columns.lines.length;
  }
  return count;
}

async function inspectAll(path: string): Promise<number> {
  const inspector = inspectBytes(rosterReading.words);
  for await (const chunk of createReadStream(path, { highWaterMark: 64 * 1024 }))
    inspector.feed(chunk as Buffer);
  return inspector.verdict().ok ? rows : 0;
}

const jobs = { floor, product, inspectAll };

function peakMegabytes(): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? 0) / 1024;
}

function run(job: keyof typeof jobs, path: string): { ms: number; count: number; megabytes: number } {
  const child = spawnSync(process.execPath, [me, job, path], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return JSON.parse(child.stdout);
}

const [job, path] = process.argv.slice(2);
if (job && path) {
  const before = performance.now();
  const count = await jobs[job as keyof typeof jobs](path);
  const ms = performance.now() - before;
  console.log(JSON.stringify({ ms, cpu: process.cpuUsage().user / 1000, count, megabytes: peakMegabytes() }));
} else {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-parse-"));
  try {
    const file = join(folder, "roster.csv");
    await writeRoster(file);
    const ratios: number[] = [];
    let megabytes = 0;
    for (let pair = 0; pair <= 5; pair++) {
      const [a, b] = [run("floor", file), run("product", file)];
      if (a.count !== b.count) throw new Error(`readline saw ${a.count} rows, the reader ${b.count}`);
      if (pair === 0) continue;
      ratios.push(b.ms / a.ms);
      megabytes = Math.max(megabytes, b.megabytes);
      console.log(
        `readline ${a.ms.toFixed(0)} ms, reader ${b.ms.toFixed(0)} ms, ratio ${(b.ms / a.ms).toFixed(2)}, ${b.megabytes.toFixed(0)} MB`,
      );
    }
    const inspect = run("inspectAll", file).ms;
    const ratio = ratios.sort((a, b) => a - b)[2] ?? 0;
    console.log(
      JSON.stringify({
        bench: "parse",
        rows,
        ratio,
        megabytes,
        inspectMs: inspect,
        bytes: statSync(file).size,
      }),
    );
    process.exitCode = ratio > bars.ratio || megabytes > bars.megabytes ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
