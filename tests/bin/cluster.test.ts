import { spawn } from "node:child_process";
import { createConnection } from "node:net";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { waitUntil } from "#bin/local/wait-until.ts";
import { copyTemplate } from "#tests/support/copy-template.ts";
import { startTestCluster, type TestCluster } from "#tests/support/test-cluster.ts";

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await startTestCluster();
});

afterAll(() => cluster.stop());

test("what was committed is there after a crash and a restart", async () => {
  const database = await copyTemplate(cluster.info);
  const before = postgres(database.superUrl, { max: 1 });
  await before`create table kept as select 42 as answer`;
  await before.end();
  await cluster.crashAndRestart();
  const after = postgres(database.superUrl, { max: 1 });
  expect(await after`select answer from kept`).toEqual([{ answer: 42 }]);
  await after.end();
});

test("a server does not outlive the process that started it, even when that was killed", async () => {
  const script = join(import.meta.dirname, "start-and-wait.ts");
  const starter = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  const port = await new Promise<number>((resolve) =>
    starter.stdout.once("data", (text) => resolve(Number(text))),
  );
  expect(await answers(port)).toBe(true);
  starter.kill("SIGKILL");
  expect(await waitUntil(async () => !(await answers(port)), 10_000)).toBe(true);
});

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: "127.0.0.1" });
    socket.once("connect", () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
