import type { Metadata } from "next";
import { ActionForm } from "#app/_components/action-form.tsx";
import { Badge } from "#app/_components/badge.tsx";
import { Page } from "#app/_components/page.tsx";
import { Section } from "#app/_components/section.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { baseUrl } from "#app/_web/base-url.ts";
import { currentActor } from "#app/_web/current-actor.ts";
import { type ConnectionView, findConnection } from "#lib/sign-in/find-connection.ts";
import { listRolesToGive } from "#lib/sign-in/list-roles-to-give.ts";
import { settingsCrumbs } from "../settings-crumbs.ts";
import { ConnectionForm } from "./connection-form.tsx";
import { RoleRules } from "./role-rules.tsx";
import { removeSignIn, switchSignIn } from "./sign-in-actions.ts";

export const metadata: Metadata = { title: "Sign-in settings" };

export default async function SignInSettingsPage({ params }: { params: Promise<{ account: string }> }) {
  const actor = await currentActor((await params).account, "sign_in.view");
  const connection = await findConnection(actor);
  return (
    <Page
      title="Sign-in settings"
      crumbs={settingsCrumbs(actor)}
      lead="Let people sign in with your own identity provider (OpenID Connect). Who is not of your verified domains gets a link by mail, and owners always can."
    >
      {connection && <State connection={connection} isOwner={actor.isOwner} />}
      <ConnectionForm connection={connection} redirectUri={`${baseUrl()}/api/auth/callback/`} />
      {connection && <RoleRules connection={connection} roles={await listRolesToGive(actor)} />}
      {connection && !connection.enabled && <Remove />}
    </Page>
  );
}

function State({ connection, isOwner }: { connection: ConnectionView; isOwner: boolean }) {
  const { enabled, tested, domains } = connection;
  return (
    <Section
      title="State"
      aside={<Badge tone={enabled ? "good" : "quiet"}>{enabled ? "Switched on" : "Switched off"}</Badge>}
    >
      <p className="max-w-prose">
        {domains.length > 0
          ? `It speaks for ${domains.join(", ")}. `
          : "It speaks for nobody yet: no domain of the account is verified. "}
        {tested ? "These settings have passed the test." : "These settings have not passed a test yet."}
        {enabled &&
          !connection.setByOwner &&
          " Owners are not signed in by it until an owner has confirmed it."}
      </p>
      <ActionForm action={switchSignIn} className="flex flex-wrap gap-3">
        {enabled && isOwner && !connection.setByOwner && (
          <SubmitButton name="on" value="yes">
            Confirm
          </SubmitButton>
        )}
        {enabled ? (
          <SubmitButton className="btn btn-quiet" name="on" value="no">
            Switch off
          </SubmitButton>
        ) : (
          <SubmitButton name="on" value="yes">
            Switch on
          </SubmitButton>
        )}
      </ActionForm>
      {enabled && (
        <p className="text-base-content/75 text-sm">
          Switching it off ends at once the sessions opened through it, yours too if you came in by it.
        </p>
      )}
    </Section>
  );
}

function Remove() {
  return (
    <Section title="Remove the connection">
      <p className="max-w-prose">
        Its secret, its rules and the roles that groups gave go with it. People sign in with a link from then
        on.
      </p>
      <ActionForm action={removeSignIn}>
        <SubmitButton className="btn btn-quiet">Remove</SubmitButton>
      </ActionForm>
    </Section>
  );
}
