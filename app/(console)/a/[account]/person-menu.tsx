import { ActionForm } from "#app/_components/action-form.tsx";
import { Disclosure } from "#app/_components/disclosure.tsx";
import { ThemeForm } from "#app/_components/theme-form.tsx";
import { isLocalMode } from "#app/_web/local-mode.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { signOut, signOutEverywhere } from "./sign-out.ts";

export function PersonMenu({ actor }: { actor: UserActor }) {
  return (
    <Disclosure
      id="person"
      side="right"
      label={<span className="max-w-24 truncate sm:max-w-56">{actor.userName}</span>}
    >
      <div className="space-y-4">
        <p className="break-words text-sm">
          Signed in as <span className="font-medium">{actor.userEmail}</span>
        </p>
        <p className="text-sm">
          <a className="link" href={`/a/${actor.accountSlug}/me`}>
            Your page
          </a>
        </p>
        <p className="text-sm">
          <a className="link" href={`/a/${actor.accountSlug}/accounts`}>
            Switch account
          </a>
        </p>
        <ThemeForm />
        {isLocalMode() && (
          <p className="text-sm">
            <a className="link" href="/local/mailbox">
              Local mailbox
            </a>
          </p>
        )}
        <ActionForm action={signOut}>
          <button type="submit" className="btn btn-quiet btn-sm w-full">
            Sign out
          </button>
        </ActionForm>
        <ActionForm action={signOutEverywhere}>
          <button type="submit" className="btn btn-quiet btn-sm w-full">
            Leave all accounts
          </button>
        </ActionForm>
      </div>
    </Disclosure>
  );
}
