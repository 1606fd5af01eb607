import type { Metadata } from "next";
import { Alert } from "#app/_components/alert.tsx";
import { Page } from "#app/_components/page.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { drillDoor } from "#app/_web/drill-door.ts";
import { noSuchPage } from "#app/_web/no-such-page.ts";
import { findDrill } from "#lib/directory/find-drill.ts";
import { syncCrumbs } from "../../../run-crumbs.ts";
import { DrillList } from "./drill-list.tsx";
import { SampleAddress } from "./sample-address.tsx";

export const metadata: Metadata = { title: "Fire drill" };

export default async function FireDrillPage({ params }: { params: Promise<{ account: string }> }) {
  const actor = await currentActor((await params).account, "directory.drill");
  const door = drillDoor();
  if (!door) noSuchPage();
  const sync = `/a/${actor.accountSlug}/enrollment/directory-sync`;
  const drill = await findDrill(actor, door);
  return (
    <Page
      title="Fire drill"
      crumbs={syncCrumbs(actor)}
      lead="Let the sample directory have an accident, press Run Now on Directory Sync, and see who is safe. In local mode only: playing one also ends the hold that the last sync began."
      actions={
        <a className="btn btn-quiet" href={sync}>
          Directory Sync
        </a>
      }
    >
      {drill ? (
        <>
          <p className="max-w-prose">
            A scheduled sync may read only what changed, and then leaves those who are missing to the next
            complete one: Run Now and Preview read all.
          </p>
          <DrillList now={drill.mode} />
          <SampleAddress address={drill.address} />
        </>
      ) : (
        <Alert tone="error">The sample directory does not answer. Stop Rollcall and start it again.</Alert>
      )}
    </Page>
  );
}
