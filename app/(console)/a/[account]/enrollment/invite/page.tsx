import type { Metadata } from "next";
import { Page } from "#app/_components/page.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { listLatestInvitations } from "#lib/invitations/list-latest-invitations.ts";
import { enrollmentCrumbs } from "../../run-crumbs.ts";
import { InviteForm } from "./invite-form.tsx";
import { LatestInvitations } from "./latest-invitations.tsx";

export const metadata: Metadata = { title: "Invite" };

export default async function InvitePage({ params }: { params: Promise<{ account: string }> }) {
  const actor = await currentActor((await params).account, "invitations.send");
  const base = `/a/${actor.accountSlug}`;
  const mayInviteInBulk = isAllowed(actor, "bulk_invites.create");
  return (
    <Page
      title="Invite"
      crumbs={enrollmentCrumbs(actor)}
      lead="Up to five people at a time. Write an address a box, or paste a list into one."
    >
      <InviteForm
        here={`${base}/enrollment/invite`}
        bulkHref={mayInviteInBulk ? `${base}/enrollment/bulk-invite` : null}
      />
      <LatestInvitations
        invitations={await listLatestInvitations(actor)}
        users={isAllowed(actor, "users.view") ? `${base}/users` : null}
      />
    </Page>
  );
}
