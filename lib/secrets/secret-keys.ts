import { readKeys } from "./seal.ts";

let keys: ReturnType<typeof readKeys> | undefined;

/** The keys of this process; `readSettings` has checked them at its start. */
export function secretKeys(): ReturnType<typeof readKeys> {
  keys ??= readKeys(process.env.ROLLCALL_SECRET_KEYS ?? "");
  return keys;
}
