import { globSync } from "node:fs";
import { join } from "node:path";
import type { Stock } from "./stocked-account.ts";

const folder = join(import.meta.dirname, "..", "..", "..", "app", "(console)", "a", "[account]");

export type Route = { pattern: string; kind: "page" | "route" };

/** Every page and every route handler below `/a/{account}`, as the files stand. */
export const consoleRoutes: Route[] = globSync("**/{page.tsx,route.ts}", { cwd: folder })
  .map((file) => file.replaceAll("\\", "/"))
  .map((file) => ({
    pattern: file.replace(/\/?(page\.tsx|route\.ts)$/, ""),
    kind: file.endsWith("route.ts") ? ("route" as const) : ("page" as const),
  }))
  .sort((a, b) => (a.pattern < b.pattern ? -1 : 1));

/** Which row an address below these names. A new dynamic folder has to be added, or the tests that walk the routes fail. */
const named: Record<string, keyof Stock> = {
  "runs/[id]": "run",
  "users/[id]": "user",
  "invitations/[id]": "invitation",
  "settings/roles/[id]": "role",
  "enrollment/directory-sync/versions/[number]": "version",
};

/** The path of a route in an account, with ids out of `stock`. */
export function pathOf({ pattern }: Route, slug: string, stock: Stock): string {
  const dynamic = /^.*?\[\w+\]/.exec(pattern)?.[0];
  if (dynamic === undefined) return `/a/${slug}${pattern ? `/${pattern}` : ""}`;
  const key = named[dynamic];
  if (!key)
    throw new Error(
      `${dynamic} names nothing that tests/system/support/console-routes.ts knows; add it there`,
    );
  const path = pattern.replace(/\[\w+\]/, stock[key]);
  if (path.includes("["))
    throw new Error(`${pattern} has a second dynamic folder; add it to console-routes.ts`);
  return `/a/${slug}/${path}`;
}

/** Parameters of the query that carry an id, each with the page that reads it. */
export const idsInQueries: [string, string, keyof Stock][] = [
  ["enrollment/import", "run", "run"],
  ["enrollment/import", "run", "planned"],
  ["enrollment/import/map", "upload", "upload"],
  ["users", "after", "user"],
  ["users", "before", "user"],
  ["invitations", "after", "invitation"],
  ["invitations", "before", "invitation"],
  ["invitations", "run", "run"],
  ["enrollment/import/history", "after", "run"],
];
