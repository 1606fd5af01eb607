import type { ReactNode } from "react";
import { Page } from "#app/_components/page.tsx";
import type { UserActor } from "#lib/authorization/actor.ts";
import type { DirectoryView } from "#lib/directory/find-directory.ts";
import { syncCrumbs } from "../../run-crumbs.ts";

type Props = { actor: UserActor; directory: DirectoryView; title: string; lead: string; children: ReactNode };

/** A step of the directory's settings; before there is a connection it only says so. */
export function StepPage({ actor, directory, title, lead, children }: Props) {
  return (
    <Page title={title} crumbs={syncCrumbs(actor)} lead={lead}>
      {directory.settings.connection ? (
        children
      ) : (
        <p>
          <a className="link" href={`/a/${actor.accountSlug}/enrollment/directory-sync/connection`}>
            Define the connection first
          </a>
          .
        </p>
      )}
    </Page>
  );
}
