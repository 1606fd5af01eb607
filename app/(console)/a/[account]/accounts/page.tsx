import type { Metadata } from "next";
import { ActionForm } from "#app/_components/action-form.tsx";
import { EmptyState } from "#app/_components/empty-state.tsx";
import { Page } from "#app/_components/page.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { browserSessionIds } from "#app/_web/auth.ts";
import { currentActor } from "#app/_web/current-actor.ts";
import { withQuery } from "#app/_web/with-query.ts";
import { listOtherAccounts } from "#lib/sign-in/list-other-accounts.ts";
import { switchTo } from "./account-actions.ts";

export const metadata: Metadata = { title: "Switch account" };

export default async function AccountsPage({ params }: { params: Promise<{ account: string }> }) {
  const actor = await currentActor((await params).account, "accounts.switch");
  const others = await listOtherAccounts(actor, await browserSessionIds());
  return (
    <Page
      title="Switch account"
      crumbs={[{ href: `/a/${actor.accountSlug}`, label: actor.accountName }]}
      lead={`Other accounts of ${actor.userEmail}.`}
    >
      {others.length === 0 ? (
        <EmptyState title="No other account">
          Is there one?{" "}
          <a className="link" href={withQuery("/sign-in", { email: actor.userEmail })}>
            Sign in to it
          </a>
          .
        </EmptyState>
      ) : (
        <ul aria-label="Accounts" className="divide-y divide-base-300 rounded-box border border-base-300">
          {others.map((other) => (
            <li key={other.slug} className="flex flex-wrap items-center justify-between gap-3 px-5 py-4">
              <span className="min-w-0 break-words font-semibold">{other.name}</span>
              <ActionForm action={switchTo}>
                <input type="hidden" name="slug" value={other.slug} />
                <SubmitButton className="btn btn-quiet btn-sm">
                  {other.open ? "Open" : "Sign in to"}
                  <span className="sr-only"> {other.name}</span>
                </SubmitButton>
              </ActionForm>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
