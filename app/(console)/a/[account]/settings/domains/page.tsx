import type { Metadata } from "next";
import { ActionForm } from "#app/_components/action-form.tsx";
import { EmptyState } from "#app/_components/empty-state.tsx";
import { Field } from "#app/_components/field.tsx";
import { Page } from "#app/_components/page.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { settings } from "#app/_web/settings.ts";
import { listDomains } from "#lib/accounts/list-domains.ts";
import { settingsCrumbs } from "../settings-crumbs.ts";
import { add } from "./domain-actions.ts";
import { DomainItem } from "./domain-item.tsx";

export const metadata: Metadata = { title: "Domains" };

export default async function DomainsPage({ params }: { params: Promise<{ account: string }> }) {
  const actor = await currentActor((await params).account, "domains.view");
  const domains = await listDomains(actor, settings().ROLLCALL_TOKEN_KEY);
  const here = `/a/${actor.accountSlug}/settings/domains`;
  return (
    <Page
      title="Domains"
      crumbs={settingsCrumbs(actor)}
      lead="Only addresses at verified domains can be invited and imported, and single sign-on speaks for no others."
    >
      <ActionForm action={add} className="space-y-4">
        <div className="grid max-w-xl items-start gap-4 sm:grid-cols-[minmax(0,1fr)_auto]">
          <Field
            name="domain"
            label="Domain"
            placeholder="acme.com"
            autoComplete="off"
            autoCapitalize="none"
          />
          <SubmitButton className="btn btn-primary sm:mt-7">Add domain</SubmitButton>
        </div>
      </ActionForm>
      {domains.length === 0 ? (
        <EmptyState title="No domains yet">Add the domain of your organisation's addresses.</EmptyState>
      ) : (
        <ul aria-label="Domains" className="divide-y divide-base-300 rounded-box border border-base-300">
          {domains.map((domain) => (
            <DomainItem key={domain.domain} domain={domain} here={here} />
          ))}
        </ul>
      )}
    </Page>
  );
}
