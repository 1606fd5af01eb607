import type { Metadata } from "next";
import { Figures } from "#app/_components/figures.tsx";
import { Page } from "#app/_components/page.tsx";
import { Section } from "#app/_components/section.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { countPeopleByStatus } from "#lib/accounts/count-people-by-status.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { listRuns } from "#lib/runs/list-runs.ts";
import { listWaitingRemovals } from "#lib/runs/list-waiting-removals.ts";
import { userStatuses } from "#lib/users/user-status.ts";
import { LastImports } from "./last-imports.tsx";
import { NextSteps } from "./next-steps.tsx";

export const metadata: Metadata = { title: "Overview" };

const shown = ["active", "signed_up", "invited", "not_invited", "suspended"] as const;

export default async function OverviewPage({ params }: { params: Promise<{ account: string }> }) {
  const actor = await currentActor((await params).account);
  const base = `/a/${actor.accountSlug}`;
  const people = isAllowed(actor, "users.view") ? await countPeopleByStatus(actor) : null;
  const imports = isAllowed(actor, "imports.view")
    ? (await listRuns(actor, { kind: "import" })).runs.slice(0, 5)
    : [];
  const waiting = isAllowed(actor, "removals.decide") ? await listWaitingRemovals(actor) : [];
  return (
    <Page title={actor.accountName} lead="Who is in, who was invited, and what was done last.">
      {people && (
        <Section title="People">
          <Figures
            label="People by status"
            wide={5}
            figures={shown.map((status) => ({
              label: userStatuses[status],
              value: people[status].count,
              capped: people[status].capped,
              href: `${base}/users?status=${status}`,
            }))}
          />
        </Section>
      )}
      {imports.length > 0 && (
        <Section
          title="Last imports"
          aside={
            <a className="link text-sm" href={`${base}/enrollment/import/history`}>
              All imports
            </a>
          }
        >
          <LastImports base={base} runs={imports} />
        </Section>
      )}
      <NextSteps actor={actor} people={people} lastImport={imports[0]} waiting={waiting} />
    </Page>
  );
}
