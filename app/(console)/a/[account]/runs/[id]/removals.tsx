import { ActionForm } from "#app/_components/action-form.tsx";
import { Field } from "#app/_components/field.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { cappedCount, countOf, number } from "#app/_components/number.ts";
import { Section } from "#app/_components/section.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { countPeopleByStatus } from "#lib/accounts/count-people-by-status.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import type { RunView } from "#lib/runs/run-view.ts";
import { isRemoving } from "../../enrollment/import/import-status.ts";
import { isSync } from "../../run-crumbs.ts";
import { decideRemovals } from "./removal-actions.ts";

type Props = { actor: UserActor; run: RunView; here: string };

/** What became, or may become, of suspensions that were too many to go by themselves. */
export function Removals({ actor, run, here }: Props) {
  return (
    <div id="removals" className="scroll-mt-20 rounded-box border border-base-300 bg-base-200 p-5">
      {run.removals === "waiting" ? <Waiting actor={actor} run={run} here={here} /> : <Decided run={run} />}
    </div>
  );
}

async function Waiting({ actor, run, here }: Props) {
  const { waiting } = run.counts;
  const decides =
    run.state === "completed" &&
    isAllowed(actor, run.kind === "directory_sync" ? "directory.decide" : "removals.decide");
  return (
    <Section title={`${countOf(waiting, "person", "people")} would be suspended`}>
      <p className="max-w-prose">
        {await why(actor, run)}{" "}
        {run.mode === "check"
          ? `${isSync(run) ? "A sync" : "An import"} would do all the rest, and these would wait for approval.`
          : `All the rest${isSync(run) ? "" : " of the file"} is done; these wait until somebody approves.`}{" "}
        <a className="link" href={`${here}/results?outcome=waiting`}>
          See who
        </a>
        .
      </p>
      {decides && <Decision run={run} />}
    </Section>
  );
}

function Decision({ run }: { run: RunView }) {
  return (
    <ActionForm action={decideRemovals} className="space-y-4">
      <input type="hidden" name="run" value={run.id} />
      <div className="max-w-80">
        <Field
          name="people"
          label="Number of people"
          hint="To approve, type how many would be suspended."
          inputMode="numeric"
          autoComplete="off"
        />
      </div>
      <div className="flex flex-wrap gap-3">
        <SubmitButton className="btn btn-error" name="decision" value="approve">
          Approve
        </SubmitButton>
        <SubmitButton className="btn btn-quiet" name="decision" value="discard">
          Discard
        </SubmitButton>
      </div>
      <p className="max-w-prose text-base-content/75 text-sm">
        <strong className="font-semibold">Approve</strong> suspends exactly these people; they can be restored
        for 30 days.{isSync(run) && " Each is looked up in the directory once more before."}{" "}
        <strong className="font-semibold">Discard</strong> leaves them as they are. A later{" "}
        {isSync(run) ? "sync" : "import"} discards them as well.
      </p>
    </ActionForm>
  );
}

/** The bound in the terms of this account. */
async function why(actor: UserActor, run: RunView): Promise<string> {
  const { counts, removalBound } = run;
  const bound = removalBound ?? 0;
  if (isSync(run)) return whyOfSync(run, bound);
  if (counts.waiting <= bound)
    return "They are half or more of the people of one unit or group, which a file may not remove by itself.";
  const people = isAllowed(actor, "users.view") ? await unsuspended(actor) : null;
  const of = people ? ` of this account's ${cappedCount(people)} people` : "";
  return `A file may remove ${bound === 0 ? "nobody" : number(bound)}${of} by itself.`;
}

function whyOfSync({ sync, counts }: RunView, bound: number): string {
  if (sync?.rescoped)
    return "This is the first sync since the connection, the units or the rules were changed, and such a one removes nobody by itself.";
  if (counts.waiting > bound)
    return `A sync may remove ${bound === 0 ? "nobody" : number(bound)} of the people from the directory by itself.`;
  if (sync?.fell)
    return "The directory shows over a tenth fewer people than at the last complete sync, and such a one removes nobody by itself.";
  return "They are half or more of the people of one unit or group, which a sync may not remove by itself.";
}

async function unsuspended(actor: UserActor) {
  const by = await countPeopleByStatus(actor);
  const here = [by.active, by.signed_up, by.invited, by.not_invited];
  return {
    count: here.reduce((sum, { count }) => sum + count, 0),
    capped: here.some(({ capped }) => capped),
  };
}

const said = (run: RunView): string =>
  ({
    approved: "were approved",
    discarded: "were discarded",
    superseded: `were discarded, because a later ${isSync(run) ? "sync" : "import"} came before anybody approved them`,
    none: "",
    waiting: "",
  })[run.removals];

function Decided({ run }: { run: RunView }) {
  const { by = null, at = null } = run.removalsDecided ?? {};
  return (
    <Section title={isRemoving(run) ? "The approved suspensions are being carried out" : "Suspensions"}>
      <p className="max-w-prose">
        The suspensions that waited for approval {said(run)}
        {by && run.removals !== "superseded" && ` by ${by}`}
        {at && (
          <>
            , <Moment at={at} />
          </>
        )}
        .{" "}
        {run.removals === "approved" && !isRemoving(run)
          ? "Whoever was changed in between was left as they were; the results say who."
          : ""}
        {run.removals === "superseded" ? "Nobody was suspended." : ""}
      </p>
    </Section>
  );
}
