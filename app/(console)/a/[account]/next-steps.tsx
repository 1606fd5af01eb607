import type { ReactNode } from "react";
import { cappedCount, countOf } from "#app/_components/number.ts";
import { Section } from "#app/_components/section.tsx";
import type { PeopleByStatus } from "#lib/accounts/count-people-by-status.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import type { WaitingRemovals } from "#lib/runs/list-waiting-removals.ts";
import type { RunView } from "#lib/runs/run-view.ts";
import { isOver } from "./enrollment/import/import-status.ts";

type Props = {
  actor: UserActor;
  people: PeopleByStatus | null;
  lastImport: RunView | undefined;
  waiting: WaitingRemovals[];
};

/** What is worth doing now, the most pressing first. */
export function NextSteps({ actor, people, lastImport, waiting }: Props) {
  const base = `/a/${actor.accountSlug}`;
  const invited = people?.invited;
  return (
    <Section title="What to do next">
      <ul className="divide-y divide-base-300 border-base-300 border-y [&>li]:py-2.5">
        {waiting.map((removals) => (
          <Step
            key={removals.runId}
            before={<strong className="font-medium">{countOf(removals.people, "person", "people")}</strong>}
            text={`${removals.people === 1 ? "waits" : "wait"} for your approval to be suspended${removals.fileName ? `, from ${removals.fileName}` : ""}.`}
            link="Approve or discard"
            href={`${base}/runs/${removals.runId}#removals`}
          />
        ))}
        {lastImport && <LastImport base={base} run={lastImport} />}
        {invited && invited.count > 0 && (
          <li>
            {cappedCount(invited)} {invited.count === 1 ? "person is" : "people are"} invited and not here
            yet.{" "}
            <a className="link" href={`${base}/users?status=invited`}>
              See who
            </a>
            .
          </li>
        )}
        {isAllowed(actor, "imports.create") && (
          <li>
            Have a list of people?{" "}
            <a className="link" href={`${base}/enrollment/import`}>
              Import a file
            </a>
            .
          </li>
        )}
        {people && (
          <li>
            Looking for somebody?{" "}
            <a className="link" href={`${base}/users`}>
              Search the users
            </a>
            .
          </li>
        )}
      </ul>
    </Section>
  );
}

function LastImport({ base, run }: { base: string; run: RunView }) {
  const name = <strong className="break-words font-medium">{run.fileName ?? "The last file"}</strong>;
  const onImport = `${base}/enrollment/import?run=${run.id}`;
  if (!isOver(run)) return <Step before={name} text="is being worked on." link="Follow it" href={onImport} />;
  if (run.applicable) {
    return (
      <Step before={name} text="was checked, but not imported." link="Look at the plan" href={onImport} />
    );
  }
  if (run.mode === "check" || run.counts.failed === 0) return null;
  const text = `was imported, but ${countOf(run.counts.failed, "row")} failed.`;
  return (
    <Step before={name} text={text} link="See why" href={`${base}/runs/${run.id}/results?outcome=failed`} />
  );
}

function Step({ before, text, link, href }: { before: ReactNode; text: string; link: string; href: string }) {
  return (
    <li>
      {before} {text}{" "}
      <a className="link" href={href}>
        {link}
      </a>
      .
    </li>
  );
}
