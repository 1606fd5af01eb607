import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Page } from "#app/_components/page.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { listLatestInvitations } from "#lib/invitations/list-latest-invitations.ts";
import { listRuns } from "#lib/runs/list-runs.ts";
import { listWaitingRemovals } from "#lib/runs/list-waiting-removals.ts";
import { FileNow, InviteNow, SyncNow, WaitingNow } from "./what-is-now.tsx";

export const metadata: Metadata = { title: "Enrollment" };

export default async function EnrollmentPage({ params }: { params: Promise<{ account: string }> }) {
  const actor = await currentActor((await params).account, [
    "invitations.send",
    "bulk_invites.create",
    "imports.create",
    "directory.view",
  ]);
  const base = `/a/${actor.accountSlug}`;
  const mayInvite = isAllowed(actor, "invitations.send");
  const mayInviteInBulk = isAllowed(actor, "bulk_invites.create");
  const mayImport = isAllowed(actor, "imports.create");
  const maySync = isAllowed(actor, "directory.view");
  const [invitations, lists, imports, waiting, syncs] = await Promise.all([
    mayInvite ? listLatestInvitations(actor) : [],
    mayInviteInBulk ? listRuns(actor, { kind: "bulk_invite" }) : null,
    mayImport ? listRuns(actor, { kind: "import" }) : null,
    mayImport || maySync ? listWaitingRemovals(actor) : [],
    maySync ? listRuns(actor, { kind: "directory_sync" }) : null,
  ]);
  return (
    <Page
      title="Enrollment"
      crumbs={[{ href: base, label: actor.accountName }]}
      lead="The ways to bring people in."
    >
      <ul className="divide-y divide-base-300 rounded-box border border-base-300">
        {mayInvite && (
          <Way href={`${base}/enrollment/invite`} label="Invite" now={<InviteNow latest={invitations[0]} />}>
            One person or a few, up to five at a time, with a word from you.
          </Way>
        )}
        {mayInviteInBulk && (
          <Way
            href={`${base}/enrollment/bulk-invite`}
            label="Bulk Invite"
            now={<FileNow base={base} run={lists?.runs[0]} none="No list was uploaded yet." />}
          >
            Many people of whom you have nothing but the addresses: a text file, one address a line.
          </Way>
        )}
        {mayImport && (
          <Way
            href={`${base}/enrollment/import`}
            label="Import"
            now={
              <>
                <FileNow base={base} run={imports?.runs[0]} none="No file was imported yet." />
                <WaitingNow base={base} waiting={waiting.filter(({ kind }) => kind === "import")} />
              </>
            }
          >
            Have a spreadsheet or an export with names, titles and departments? One file brings in everybody
            at once.
          </Way>
        )}
        {maySync && (
          <Way
            href={`${base}/enrollment/directory-sync`}
            label="Directory Sync"
            now={
              <>
                <SyncNow base={base} run={syncs?.runs.find(({ trigger }) => trigger !== "weekly")} />
                <WaitingNow base={base} waiting={waiting.filter(({ kind }) => kind === "directory_sync")} />
              </>
            }
          >
            Have a company directory (LDAP, Active Directory)? It brings people in and keeps them true, by
            itself.
          </Way>
        )}
      </ul>
    </Page>
  );
}

type WayProps = { href: string; label: string; now?: ReactNode; children: ReactNode };

/** When to use it, and what is happening there now. */
function Way({ href, label, now, children }: WayProps) {
  return (
    <li className="grid gap-x-6 gap-y-1 px-5 py-4 sm:grid-cols-[10rem_1fr]">
      <a className="link font-semibold" href={href}>
        {label}
      </a>
      <div className="min-w-0 space-y-1">
        <p>{children}</p>
        {now}
      </div>
    </li>
  );
}
