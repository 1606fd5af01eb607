import { setTimeout as pause } from "node:timers/promises";

/** Asks every 25 ms until the answer is true; false when `ms` milliseconds went by without. */
export async function waitUntil(question: () => boolean | Promise<boolean>, ms: number): Promise<boolean> {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    if (await question()) return true;
    await pause(25);
  }
  return false;
}
