import { ActionForm } from "#app/_components/action-form.tsx";
import { ThemeForm } from "#app/_components/theme-form.tsx";
import type { UserActor } from "#lib/authorization/actor.ts";
import { signOut } from "./sign-out.ts";

export function PersonMenu({ actor }: { actor: UserActor }) {
  return (
    <details className="relative">
      <summary className="btn btn-ghost btn-sm max-w-40 font-normal sm:max-w-64">
        <span className="truncate">{actor.userName}</span>
      </summary>
      <div className="absolute right-0 z-20 mt-2 w-64 space-y-4 rounded-box border border-base-300 bg-base-100 p-4 shadow-lg">
        <p className="break-words text-sm">
          Signed in as <span className="font-medium">{actor.userEmail}</span>
        </p>
        <ThemeForm />
        <ActionForm action={signOut}>
          <button type="submit" className="btn btn-quiet btn-sm w-full">
            Sign out
          </button>
        </ActionForm>
      </div>
    </details>
  );
}
