import type { ReactNode } from "react";
import { cappedCount, countOf } from "#app/_components/number.ts";
import { Section } from "#app/_components/section.tsx";
import type { PeopleByStatus } from "#lib/accounts/count-people-by-status.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import type { RunView } from "#lib/runs/run-view.ts";
import { isOver } from "./enrollment/import/import-status.ts";

type Props = {
  actor: UserActor;
  people: PeopleByStatus | null;
  lastImport: RunView | undefined;
};

/** What is worth doing now, the most pressing first. */
export function NextSteps({ actor, people, lastImport }: Props) {
  const base = `/a/${actor.accountSlug}`;
  const invited = people?.invited;
  const aside = people?.not_invited;
  // Whoever may do none of it is not shown an empty list.
  if (!lastImport && !people && !isAllowed(actor, "invitations.send") && !isAllowed(actor, "imports.create"))
    return null;
  return (
    <Section title="What to do next">
      <ul className="divide-y divide-base-300 border-base-300 border-y [&>li]:py-2.5">
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
        {aside && aside.count > 0 && (
          <li>
            {cappedCount(aside)} {aside.count === 1 ? "person is" : "people are"} here without an invitation.{" "}
            <a className="link" href={`${base}/users?status=not_invited`}>
              See who
            </a>
            .
          </li>
        )}
        {isAllowed(actor, "invitations.send") && (
          <li>
            Want a few people in?{" "}
            <a className="link" href={`${base}/enrollment/invite`}>
              Invite them
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
  // A plan that may still be applied waits for a decision, and is told there.
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
