import { isId } from "#app/_web/query.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { anyOf } from "#lib/runs/operations-of-runs.ts";
import { historyCrumbs } from "../run-crumbs.ts";
import { runOf } from "./run-of.ts";

/** The page that a run of this path belongs to, as the crumbs of its report lead to it; of any other path itself. */
export async function placeOfRun(actor: UserActor, path: string): Promise<string> {
  const [id, ...below] = path.slice(`/a/${actor.accountSlug}/runs/`.length).split("/");
  const isRun = path.startsWith(`/a/${actor.accountSlug}/runs/`) && id && isId(id);
  if (!isRun || !isAllowed(actor, anyOf("view"))) return path;
  const run = await runOf(actor, id);
  // The last crumb is its history.
  const place = run && historyCrumbs(actor, run).at(-2)?.href;
  return place ? [place, id, ...below].join("/") : path;
}
