import type { Metadata } from "next";
import { ActionForm } from "#app/_components/action-form.tsx";
import { Page } from "#app/_components/page.tsx";
import { Section } from "#app/_components/section.tsx";
import { UserStatusBadge } from "#app/_components/status-badges.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { findOwnPage } from "#lib/users/find-own-page.ts";
import { PersonFacts } from "../person-facts.tsx";
import { SessionsTable } from "../sessions-table.tsx";
import { signOutSession } from "./me-actions.ts";

export const metadata: Metadata = { title: "Your page" };

export default async function OwnPage({ params }: { params: Promise<{ account: string }> }) {
  const actor = await currentActor((await params).account, "own_page.view");
  const { user, sessions, startHereUrl } = await findOwnPage(actor);
  return (
    <Page
      title={`Welcome to ${actor.accountName}`}
      lead={
        <span className="inline-flex flex-wrap items-center gap-2">
          You are signed in as <strong className="break-words font-semibold">{user.name}</strong>
          <UserStatusBadge status={user.status} />
        </span>
      }
      actions={
        startHereUrl && (
          <a className="btn btn-primary" href={startHereUrl} rel="noreferrer">
            Start here
          </a>
        )
      }
    >
      <Section title="Your fields">
        <PersonFacts user={user} />
        <p className="text-base-content/75 text-sm">
          Something wrong? An administrator of {actor.accountName} can change it.
        </p>
      </Section>
      <Section title="Your teams">
        {user.groups.length > 0 ? (
          <ul className="list-disc pl-5">
            {user.groups.map((group) => (
              <li key={group.id} className="break-words">
                {group.name}
              </li>
            ))}
          </ul>
        ) : (
          <p>You are in no team.</p>
        )}
      </Section>
      <Section title="Where you are signed in">
        <SessionsTable
          sessions={sessions}
          own={actor.sessionId}
          signOut={(session) => (
            <ActionForm action={signOutSession}>
              <input type="hidden" name="session" value={session.id} />
              <SubmitButton className="btn btn-quiet btn-xs">Sign out</SubmitButton>
            </ActionForm>
          )}
        />
        <p className="max-w-prose text-base-content/75 text-sm">
          A session that you do not know? Sign it out, and tell an administrator.
        </p>
      </Section>
    </Page>
  );
}
