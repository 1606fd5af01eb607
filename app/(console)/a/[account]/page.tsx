import type { Metadata } from "next";
import { EmptyState } from "#app/_components/empty-state.tsx";
import { Figures } from "#app/_components/figures.tsx";
import { Page } from "#app/_components/page.tsx";
import { Section } from "#app/_components/section.tsx";
import { countPeopleByStatus } from "#lib/accounts/count-people-by-status.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { listRuns } from "#app/_stand_in/lib.ts";
import { userStatuses } from "#lib/users/user-status.ts";
import { currentActor } from "#app/_web/current-actor.ts";
import { RunsTable } from "./runs-table.tsx";

export const metadata: Metadata = { title: "Overview" };

const shown = ["active", "signed_up", "invited", "not_invited", "suspended"] as const;

export default async function OverviewPage({ params }: { params: Promise<{ account: string }> }) {
  const actor = await currentActor((await params).account);
  const base = `/a/${actor.accountSlug}`;
  const people = await countPeopleByStatus(actor);
  const imports = isAllowed(actor, "imports.view") ? (await listRuns(actor, { kind: "import" })).runs.slice(0, 5) : [];
  const nobody = Object.values(people).every((count) => count === 0);
  return (
    <Page title={actor.accountName} lead="Who is in, who was invited, and what was done last.">
      <Section title="People">
        {nobody ? (
          <EmptyState title="Nobody is here yet">
            Bring people in from a file: <a className="link" href={`${base}/enrollment/import`}>Import</a>.
          </EmptyState>
        ) : (
          <Figures
            label="People by status"
            figures={shown.map((status) => ({ label: userStatuses[status], value: people[status] ?? 0 }))}
          />
        )}
      </Section>
      {imports.length > 0 && (
        <Section
          title="Last imports"
          aside={<a className="link text-sm" href={`${base}/enrollment/import/history`}>All imports</a>}
        >
          <RunsTable base={base} runs={imports} />
        </Section>
      )}
      <Section title="What to do next">
        <p>
          Have a list of people? <a className="link" href={`${base}/enrollment/import`}>Import a file</a>. Looking for
          somebody? <a className="link" href={`${base}/users`}>Search the users</a>.
        </p>
      </Section>
    </Page>
  );
}
