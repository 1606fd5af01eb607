import { afterAll, beforeAll, expect, test } from "vitest";
import { openUndoing, type Undoing } from "./undo-run.ts";

let roster: Undoing;

beforeAll(async () => {
  roster = await openUndoing();
});

afterAll(() => roster.end());

// Tables without statistics look empty to the planner: a plain join read a whole range for each of its lines, and took
// ten times as long as the import at this size already.
test("right after an import, before any statistics, its undo is planned no slower than three imports", async () => {
  const lines = Array.from({ length: 4_000 }, (_, n) => ({ email: roster.address(`p${n}`), asked: "new" }));
  const started = performance.now();
  const run = await roster.import(lines);
  const imported = performance.now();
  const { people } = await roster.preview(run);
  expect(people).toBe(4_000);
  expect((performance.now() - imported) / (imported - started)).toBeLessThan(3);
});
