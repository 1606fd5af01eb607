import { expect, test } from "vitest";
import { takeUploadPlace } from "#app/_web/upload-places.ts";

const taken = (places: ((() => void) | null)[]) => places.filter((place) => place !== null);

test("an account has six places and all together two dozen; what is given back can be taken again", () => {
  const first = taken(Array.from({ length: 10 }, () => takeUploadPlace("a")));
  expect(first).toHaveLength(6);
  const others = taken(Array.from({ length: 60 }, (_, n) => takeUploadPlace(`b${n % 10}`)));
  expect(others).toHaveLength(18);
  first[0]?.();
  expect(takeUploadPlace("c")).not.toBeNull();
  expect(takeUploadPlace("d")).toBeNull();
});
