import { inject } from "vitest";
import { type CopiedDatabase, copyTemplate } from "./copy-template.ts";

/** A migrated, empty database for one test file. Call in beforeAll, and `drop()` in afterAll. */
export function testDatabase(): Promise<CopiedDatabase> {
  return copyTemplate(inject("cluster"));
}
