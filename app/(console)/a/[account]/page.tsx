import type { Metadata } from "next";
import { Figures } from "#app/_components/figures.tsx";
import { Page } from "#app/_components/page.tsx";
import { Section } from "#app/_components/section.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { countPeopleByStatus } from "#lib/accounts/count-people-by-status.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import type { Operation } from "#lib/authorization/permissions.ts";
import { findDirectoryHealth } from "#lib/directory/find-directory-health.ts";
import { countSeats } from "#lib/overview/count-seats.ts";
import { readFunnel } from "#lib/overview/read-funnel.ts";
import { readMailDecisions } from "#lib/overview/read-mail-decisions.ts";
import { readMailHealth } from "#lib/overview/read-mail-health.ts";
import { listRuns } from "#lib/runs/list-runs.ts";
import { listWaitingRemovals } from "#lib/runs/list-waiting-removals.ts";
import { anyOf } from "#lib/runs/operations-of-runs.ts";
import { userStatuses } from "#lib/users/user-status.ts";
import { LastImports } from "./last-imports.tsx";
import { NextSteps } from "./next-steps.tsx";
import { OverviewDecisions } from "./overview-decisions.tsx";
import { OverviewDirectory } from "./overview-directory.tsx";
import { OverviewInvitations } from "./overview-invitations.tsx";
import { OverviewMail } from "./overview-mail.tsx";
import { OverviewSeats } from "./overview-seats.tsx";

export const metadata: Metadata = { title: "Overview" };

const shown = ["active", "signed_up", "invited", "not_invited", "suspended"] as const;

export default async function OverviewPage({ params }: { params: Promise<{ account: string }> }) {
  const actor = await currentActor((await params).account);
  const base = `/a/${actor.accountSlug}`;
  const { people, funnel, mail, seats, runs, waiting, mailDecisions, directory } = await read(actor);
  const mayImport = isAllowed(actor, "imports.create");
  return (
    <Page title={actor.accountName} lead="Who is in, who was invited, and what was done last.">
      <OverviewDecisions
        base={base}
        waiting={waiting}
        runs={runs}
        directory={directory}
        mail={mailDecisions}
        mayResume={isAllowed(actor, "mails.resume")}
      />
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
      {funnel && (
        <OverviewInvitations funnel={funnel} importHref={mayImport ? `${base}/enrollment/import` : null} />
      )}
      {(seats || mail) && (
        <div className="grid grid-cols-1 gap-x-10 gap-y-6 lg:grid-cols-2">
          {seats && <OverviewSeats seats={seats} />}
          {mail && (
            <OverviewMail mail={mail} auditHref={isAllowed(actor, "audit.view") ? `${base}/audit` : null} />
          )}
        </div>
      )}
      {directory && <OverviewDirectory health={directory} base={base} />}
      {runs.length > 0 && (
        <Section
          title="Last runs"
          aside={
            <a className="link text-sm" href={`${base}/enrollment/import/history`}>
              All imports
            </a>
          }
        >
          <LastImports base={base} runs={runs} />
        </Section>
      )}
      <NextSteps actor={actor} people={people} lastImport={runs.find(({ kind }) => kind === "import")} />
    </Page>
  );
}

/** What the actor may see; one call a section, all at once. */
async function read(actor: UserActor) {
  const may = <T,>(operation: Operation | Operation[], ask: (actor: UserActor) => Promise<T>) =>
    isAllowed(actor, operation) ? ask(actor) : null;
  const [people, funnel, mail, seats, runs, waiting, mailDecisions, directory] = await Promise.all([
    may("users.view", countPeopleByStatus),
    may("users.view", readFunnel),
    may("users.view", readMailHealth),
    may("seats.view", countSeats),
    may(["imports.view", "bulk_changes.view"], (asking) =>
      listRuns(asking, { kind: ["import", "bulk_change", "undo"] }),
    ),
    may(anyOf("decide"), listWaitingRemovals),
    may(["mails.decide", "mails.resume"], readMailDecisions),
    may("directory.view", findDirectoryHealth),
  ]);
  return {
    people,
    funnel,
    mail,
    seats,
    runs: runs?.runs.slice(0, 5) ?? [],
    waiting: waiting ?? [],
    mailDecisions,
    directory,
  };
}
