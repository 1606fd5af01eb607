import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { freePort } from "#bin/local/free-port.ts";
import { loadSecrets } from "#bin/local/load-secrets.ts";
import { firstPort, refuseTakenPorts } from "#bin/local/local-ports.ts";
import { processStart } from "#bin/local/process-identity.ts";
import { processSettings } from "#bin/local/process-settings.ts";
import { takeDataFolder } from "#bin/local/running-record.ts";
import { StartRefused } from "#bin/local/start-refused.ts";
import { waitUntil } from "#bin/local/wait-until.ts";

const root = join(import.meta.dirname, "..", "..");
let folder: string;

beforeEach(() => {
  mkdirSync(join(root, ".build"), { recursive: true });
  folder = mkdtempSync(join(root, ".build", "launcher-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("with DATABASE_URL set, npm start names the commands of production and ends with 1", () => {
  const env = { ...process.env, DATABASE_URL: "postgres://somewhere/else" };
  const { status, stderr } = spawnSync(process.execPath, ["bin/start.mjs"], {
    cwd: root,
    env,
    encoding: "utf8",
  });
  expect(status).toBe(1);
  for (const name of ["production", "build", "migrate", "start:web", "start:worker"])
    expect(stderr).toContain(name);
});

describe("ports", () => {
  test.each(["abc", "80", "65532", "3000.5", "-1", "0x2000", " 3000"])(
    "PORT=%j is refused with the bounds",
    (wish) => {
      expect(() => firstPort(wish)).toThrow(/1024 to 65531/);
    },
  );

  test("3000 is the first port when PORT is not set", () => {
    expect(firstPort("3000")).toBe(3000);
  });

  test("a taken one is named, with what it is for and what to do", async () => {
    const port = await freePort();
    const taken = await listen(port);
    await expect(refuseTakenPorts(port - 2)).rejects.toThrow(
      new RegExp(`Port ${port} \\(sample LDAP\\).*PORT=`, "s"),
    );
    await new Promise((resolve) => taken.close(resolve));
  });
});

describe("secrets", () => {
  test("are made once, long, and readable by their owner only", () => {
    const first = loadSecrets(folder);
    expect(loadSecrets(folder)).toEqual(first);
    expect(statSync(join(folder, "secrets.json")).mode & 0o077).toBe(0);
    expect(Buffer.from(first.tokenKey, "base64")).toHaveLength(32);
    expect(new Set(Object.values(first)).size).toBe(Object.keys(first).length);
  });

  test("that are gone while the database is there are a sentence, not a new set", () => {
    mkdirSync(join(folder, "pg"));
    expect(() => loadSecrets(folder)).toThrow(StartRefused);
  });

  test("of the owner role do not reach web and worker, and the caller's settings are left out", () => {
    process.env.RESEND_API_KEY = "re_of_the_caller";
    const secrets = loadSecrets(folder);
    const place = { port: 3000, postgresPort: 3004, database: "rollcall", secrets };
    const settings = processSettings(place);
    delete process.env.RESEND_API_KEY;
    expect(settings).not.toHaveProperty("DATABASE_OWNER_URL");
    expect(settings).not.toHaveProperty("RESEND_API_KEY");
    expect(Object.values(settings)).not.toContainEqual(expect.stringContaining(secrets.superuserPassword));
    // Without a sample directory there is no drill.
    expect(Object.keys(settings).filter((name) => name.includes("DRILL"))).toEqual([]);
    expect(processSettings({ ...place, drillPort: 3010 }).ROLLCALL_DRILL_URL).toBe("http://127.0.0.1:3010");
  });
});

describe("one launcher a folder", () => {
  test("a second one is refused while the first lives, naming its address", async () => {
    await takeDataFolder(folder, "http://127.0.0.1:3000");
    await expect(takeDataFolder(folder, "http://127.0.0.1:4000")).rejects.toThrow(
      /already runs.*127\.0\.0\.1:3000/,
    );
  });

  test("what a killed one left is ended", async () => {
    const left = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    const pid = left.pid ?? 0;
    await waitUntil(() => processStart(pid) !== null, 5_000);
    writeRecord([{ name: "web", pid, began: processStart(pid) }]);
    await takeDataFolder(folder, "http://127.0.0.1:3000");
    expect(processStart(pid)).toBeNull();
    expect(JSON.parse(readFileSync(join(folder, "running.json"), "utf8")).processes).toHaveLength(1);
  });

  test("a stranger that got the same process id is left alone", async () => {
    writeRecord([{ name: "launcher", pid: process.pid, began: "another time" }]);
    await takeDataFolder(folder, "http://127.0.0.1:3000");
    expect(processStart(process.pid)).not.toBeNull();
  });

  test("a record cut off in the middle is passed over", async () => {
    writeFileSync(join(folder, "running.json"), '{"url": "http');
    await expect(takeDataFolder(folder, "http://127.0.0.1:3000")).resolves.toBeDefined();
  });
});

function writeRecord(processes: object[]): void {
  writeFileSync(join(folder, "running.json"), JSON.stringify({ url: "http://127.0.0.1:1", processes }));
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
