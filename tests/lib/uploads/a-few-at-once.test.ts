import { expect, it } from "vitest";
import { aFewAtOnce } from "#lib/uploads/pieces/a-few-at-once.ts";

it("runs four at once, all of them in the end, whatever becomes of some", async () => {
  let [running, peak] = [0, 0];
  const works = Array.from({ length: 40 }, (_, n) =>
    aFewAtOnce(async () => {
      running += 1;
      peak = Math.max(peak, running);
      await new Promise((next) => setImmediate(next));
      running -= 1;
      if (n % 3 === 0) throw new Error("no");
      return n;
    }).catch(() => null),
  );
  expect((await Promise.all(works)).filter((n) => n !== null)).toHaveLength(26);
  expect(peak).toBe(4);
});
