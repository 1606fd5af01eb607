import { cappedCount, countOf } from "#app/_components/number.ts";
import { Section } from "#app/_components/section.tsx";
import type { PeopleByStatus } from "#lib/accounts/count-people-by-status.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import type { RunView } from "#lib/runs/run-view.ts";

type Props = {
  actor: UserActor;
  people: PeopleByStatus | null;
  lastImport: RunView | undefined;
};

/** What is worth doing now, the most pressing first. */
export function NextSteps({ actor, people, lastImport }: Props) {
  const base = `/a/${actor.accountSlug}`;
  const failed = lastImport?.counts.failed ?? 0;
  const invited = people?.invited;
  return (
    <Section title="What to do next">
      <ul className="divide-y divide-base-300 border-base-300 border-y [&>li]:py-2.5">
        {lastImport && failed > 0 && (
          <li>
            {countOf(failed, "row")} of the last import failed.{" "}
            <a className="link" href={`${base}/runs/${lastImport.id}/results?outcome=failed`}>
              See why
            </a>
            , then mend and import them again.
          </li>
        )}
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
