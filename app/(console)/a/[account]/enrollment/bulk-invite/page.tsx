import type { Metadata } from "next";
import { Page } from "#app/_components/page.tsx";
import { Section } from "#app/_components/section.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { findLatestRun } from "#lib/runs/find-latest-run.ts";
import { findRun } from "#lib/runs/find-run.ts";
import { enrollmentCrumbs } from "../../run-crumbs.ts";
import { importStatus, isOver } from "../import/import-status.ts";
import { LiveImportStatus } from "../import/live-import-status.tsx";
import { ListForm } from "./list-form.tsx";

export const metadata: Metadata = { title: "Bulk Invite" };

type Props = {
  params: Promise<{ account: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function BulkInvitePage({ params, searchParams }: Props) {
  const actor = await currentActor((await params).account, "bulk_invites.create");
  const base = `/a/${actor.accountSlug}`;
  const here = `${base}/enrollment/bulk-invite`;
  const { run: asked, sendAgain } = await searchParams;
  const run = typeof asked === "string" ? await findRun(actor, asked) : await openInvite(actor);
  return (
    <Page
      title="Bulk Invite"
      crumbs={enrollmentCrumbs(actor)}
      lead="Invite everybody on a list of addresses."
    >
      <nav aria-label="Ways to invite many" className="tabs tabs-border">
        <a className="tab tab-active" href={here} aria-current="page">
          File
        </a>
      </nav>
      <ListForm upload={`${here}/upload`} sendAgain={sendAgain === "on"} />
      {run?.kind === "bulk_invite" && <LiveImportStatus served={importStatus(run, base)} />}
      <p>
        <a className="link" href={`${here}/history`}>
          File Based Bulk User Invite History
        </a>
      </p>
      <ListNeeds importPage={isAllowed(actor, "imports.create") ? `${base}/enrollment/import` : null} />
    </Page>
  );
}

/** Without being asked for one, the page still shows a bulk invite that is under way. */
async function openInvite(actor: UserActor) {
  const latest = await findLatestRun(actor, "bulk_invite");
  return latest && !isOver(latest) ? latest : null;
}

function ListNeeds({ importPage }: { importPage: string | null }) {
  return (
    <Section title="What the file needs">
      <ul className="max-w-prose list-disc space-y-1 pl-5">
        <li>
          One address a line. Several with commas or semicolons between them, blank lines and a line above the
          addresses do no harm.
        </li>
        <li>
          Names beside an address, as in <code className="font-mono text-sm">Jane Doe &lt;jane@…&gt;</code>,
          are passed over.
        </li>
        <li>
          Who is a user already, or invited already, gets no mail. An address that is wrong, of another domain
          or repeated is left out and listed with its line; the others go on.
        </li>
        <li>
          For names, titles and departments use{" "}
          {importPage ? (
            <a className="link" href={importPage}>
              Import
            </a>
          ) : (
            "Import"
          )}
          .
        </li>
      </ul>
    </Section>
  );
}
