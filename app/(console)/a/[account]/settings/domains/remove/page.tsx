import type { Metadata } from "next";
import { ActionForm } from "#app/_components/action-form.tsx";
import { Page } from "#app/_components/page.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { noSuchPage } from "#app/_web/no-such-page.ts";
import { oneOf } from "#app/_web/query.ts";
import { settings } from "#app/_web/settings.ts";
import { listDomains } from "#lib/accounts/list-domains.ts";
import { settingsCrumbs } from "../../settings-crumbs.ts";
import { remove } from "../domain-actions.ts";

export const metadata: Metadata = { title: "Remove a domain" };

type Props = {
  params: Promise<{ account: string }>;
  searchParams: Promise<{ domain?: string | string[] }>;
};

export default async function RemoveDomainPage({ params, searchParams }: Props) {
  const actor = await currentActor((await params).account, "domains.change");
  const asked = oneOf((await searchParams).domain);
  const found = (await listDomains(actor, settings().ROLLCALL_TOKEN_KEY)).find(
    ({ domain }) => domain === asked,
  );
  if (!found) noSuchPage();
  const domains = { href: `/a/${actor.accountSlug}/settings/domains`, label: "Domains" };
  return (
    <Page title="Remove a domain" crumbs={settingsCrumbs(actor, domains)} lead={found.domain}>
      {found.verifiedAt ? (
        <ul className="max-w-prose list-disc space-y-1 pl-5">
          <li>Invitations and imports refuse addresses at {found.domain} from now on.</li>
          <li>Single sign-on no longer speaks for it: these people sign in by e-mail link.</li>
          <li>The people stay as they are, and those who are signed in stay signed in.</li>
          <li>Another account can verify the domain.</li>
        </ul>
      ) : (
        <p>It is not verified, so that nothing else changes.</p>
      )}
      <ActionForm action={remove}>
        <input type="hidden" name="domain" value={found.domain} />
        <SubmitButton className="btn btn-error">Remove domain</SubmitButton>
      </ActionForm>
    </Page>
  );
}
