import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const text = readFileSync(join(root, "SECURITY.md"), "utf8");

test("every test that SECURITY.md names is there", () => {
  const named = [...text.matchAll(/`(tests\/[^`]+)`/g)].map(([, path]) => path as string);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

/** OWASP ASVS 5.0.0, chapters V1, V6, V7, V8 and V9: the last number of each section whose requirements are of level 1 or 2. */
const sections: Record<string, number[]> = {
  "1.1": [1, 2],
  "1.2": [1, 2, 3, 4, 5, 6, 7, 8, 9],
  "1.3": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  "1.4": [1, 2, 3],
  "1.5": [1, 2],
  "6.1": [1, 2, 3],
  "6.2": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  "6.3": [1, 2, 3, 4],
  "6.4": [1, 2, 3, 4],
  "6.5": [1, 2, 3, 4, 5],
  "6.6": [1, 2, 3],
  "6.8": [1, 2, 3, 4],
  "7.1": [1, 2, 3],
  "7.2": [1, 2, 3, 4],
  "7.3": [1, 2],
  "7.4": [1, 2, 3, 4, 5],
  "7.5": [1, 2],
  "7.6": [1, 2],
  "8.1": [1, 2],
  "8.2": [1, 2, 3],
  "8.3": [1],
  "8.4": [1],
  "9.1": [1, 2, 3],
  "9.2": [1, 2, 3, 4],
};

test("every requirement of levels 1 and 2 stands in the table once", () => {
  const listed = [...text.matchAll(/^\| (\d\.\d[^|]*)\|/gm)].flatMap(([, cell]) => {
    const ids = (cell ?? "").match(/\d\.\d\.\d+/g) ?? [];
    const range = /6\.2\.1 – 6\.2\.11/.test(cell ?? "")
      ? Array.from({ length: 9 }, (_, n) => `6.2.${n + 2}`)
      : [];
    return [...ids, ...range];
  });
  const all = Object.entries(sections).flatMap(([section, numbers]) => numbers.map((n) => `${section}.${n}`));
  expect(listed.toSorted()).toEqual(all.toSorted());
});
