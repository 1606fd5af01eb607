import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import type { WorkedRun } from "#lib/runs/run-kind.ts";
import { scopeFingerprint } from "../connection/fingerprint.ts";
import type { LoadedDirectory } from "../connection/load-directory.ts";
import type { Unit } from "./read-units.ts";
import { forgetChangedHere } from "./snapshot.ts";

type Place = {
  units: ReadonlyMap<string, Unit>;
  isHere: (position: NonNullable<LoadedDirectory["position"]>) => boolean;
};

/**
 * Only what has changed can be read where the last complete reading was of the same place, under the same settings, with the
 * same units: of people whose unit was renamed no server says that they have changed. And not while removals wait: this run
 * takes the place of theirs, and must find the same people missing.
 */
export async function settleSpan(
  run: WorkedRun,
  { settings, settledAs, position }: LoadedDirectory,
  { units, isHere }: Place,
): Promise<"full" | "incremental"> {
  const rescoped = settledAs !== scopeFingerprint(settings);
  const unitsAre = sumOf(units);
  const mayBe = run.span === "incremental" && !rescoped && position !== null && isHere(position);
  return withAccount(run, async (tx) => {
    const [last] = await tx.execute<{ units: string | null; waits: boolean }>(sql`
      select (select b.options->>'units' from runs b where b.target = ${run.target} and b.state = 'completed' and b.id < ${run.id}
          order by b.id desc limit 1) as units,
        exists (select from runs w where w.target = ${run.target} and w.removals = 'waiting') as waits`);
    const span = mayBe && last?.units === unitsAre && !last.waits ? "incremental" : "full";
    const noted = JSON.stringify({
      units: unitsAre,
      rescoped: rescoped && settledAs !== null,
      inviteNew: settings.users.inviteNew,
      protectedUsers: settings.protected.users,
      protectedGroups: settings.protected.groups,
    });
    await tx.execute(sql`set local statement_timeout = '5min'`);
    await tx.execute(
      sql`update runs set span = ${span}, options = options || ${noted}::jsonb where id = ${run.id}`,
    );
    if (span === "full") await tx.execute(forgetChangedHere(run));
    return span;
  });
}

function sumOf(units: ReadonlyMap<string, Unit>): string {
  const lines = [...units.values()].map(({ id, key }) => `${id} ${key}`).sort();
  return createHash("md5").update(lines.join("\n")).digest("hex");
}
