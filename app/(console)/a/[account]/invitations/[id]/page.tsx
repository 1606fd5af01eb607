import type { Metadata } from "next";
import { Fact, Facts } from "#app/_components/facts.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { Page } from "#app/_components/page.tsx";
import { Section } from "#app/_components/section.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { noSuchPage } from "#app/_web/no-such-page.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { findInvitation, type InvitationView } from "#lib/invitations/find-invitation.ts";
import { seesInvitations } from "#lib/invitations/who-sees-invitations.ts";
import { anyOf } from "#lib/runs/operations-of-runs.ts";
import { sourceWord } from "../invitation-words.ts";
import { InvitationBadges } from "./invitation-badges.tsx";
import { NextStep } from "./next-step.tsx";
import { Timeline } from "./timeline.tsx";
import { WhatToDo } from "./what-to-do.tsx";

export const metadata: Metadata = { title: "Invitation" };

type Props = { params: Promise<{ account: string; id: string }> };

export default async function InvitationPage({ params }: Props) {
  const { account, id } = await params;
  const actor = await currentActor(account, seesInvitations);
  const invitation = await findInvitation(actor, id);
  if (!invitation) noSuchPage();
  const base = `/a/${actor.accountSlug}`;
  return (
    <Page
      title={`Invitation of ${invitation.email}`}
      crumbs={[
        { href: base, label: actor.accountName },
        { href: `${base}/invitations`, label: "Invitations" },
      ]}
      lead={<InvitationBadges invitation={invitation} />}
    >
      <Section title="What to do next">
        <NextStep
          invitation={invitation}
          person={
            isAllowed(actor, "users.view") && invitation.userId ? `${base}/users/${invitation.userId}` : null
          }
        />
        <WhatToDo actor={actor} invitation={invitation} />
      </Section>
      <Section title="What became of it">
        <Timeline steps={invitation.steps} />
      </Section>
      <Section title="Facts">
        <InvitationFacts actor={actor} base={base} invitation={invitation} />
      </Section>
    </Page>
  );
}

type FactsProps = { actor: UserActor; base: string; invitation: InvitationView };

function InvitationFacts({ actor, base, invitation }: FactsProps) {
  const { email, name, userId, source, runId, invitedBy, state, expiresAt, message } = invitation;
  const who = name ?? email;
  return (
    <Facts>
      <Fact name="Address">{email}</Fact>
      <Fact name="Person">
        {userId === null ? (
          "No longer here"
        ) : isAllowed(actor, "users.view") ? (
          <a className="link" href={`${base}/users/${userId}`}>
            <bdi>{who}</bdi>
          </a>
        ) : (
          <bdi>{who}</bdi>
        )}
      </Fact>
      <Fact name="Invited by">{invitedBy ?? "Not by a person"}</Fact>
      <Fact name="Source">
        {sourceWord(source)}
        {runId && isAllowed(actor, anyOf("view")) && (
          <>
            ,{" "}
            <a className="link" href={`${base}/runs/${runId}`}>
              report of the run
            </a>
          </>
        )}
      </Fact>
      {(state === "open" || state === "expired") && (
        <Fact name={state === "expired" ? "Expired" : "Expires"}>
          <Moment at={expiresAt} />
        </Fact>
      )}
      {invitation.remindersStoppedAt && (
        <Fact name="Reminders">
          The person wants none since <Moment at={invitation.remindersStoppedAt} />
        </Fact>
      )}
      {message && (
        <Fact name="Message">
          <span className="whitespace-pre-wrap">{message}</span>
        </Fact>
      )}
    </Facts>
  );
}
