import type { Metadata } from "next";
import { Fact, Facts } from "#app/_components/facts.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { Page } from "#app/_components/page.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { drillDoor } from "#app/_web/drill-door.ts";
import { findDirectory } from "#lib/directory/find-directory.ts";
import { findDrill } from "#lib/directory/find-drill.ts";
import { syncCrumbs } from "../../../run-crumbs.ts";
import { ConnectionForm } from "./connection-form.tsx";
import { serverWords } from "./server-words.ts";

export const metadata: Metadata = { title: "Connection" };

export default async function ConnectionPage({ params }: { params: Promise<{ account: string }> }) {
  const actor = await currentActor((await params).account, "directory.change");
  const directory = await findDirectory(actor);
  // In local mode the sample directory stands here until another one is saved.
  const door = directory.settings.connection ? null : drillDoor();
  const sample = door ? ((await findDrill(actor, door))?.address ?? null) : null;
  return (
    <Page
      title="Connection"
      crumbs={syncCrumbs(actor)}
      lead="Where the company directory is, and who Rollcall signs in as. It only reads."
    >
      {directory.testedAt && directory.server && (
        <Facts>
          <Fact name="Server">
            {serverWords[directory.server.kind]}
            {directory.server.vendor && `, ${directory.server.vendor}`}
          </Fact>
          <Fact name="Last test passed">
            <Moment at={directory.testedAt} />
          </Fact>
        </Facts>
      )}
      {sample && (
        <p className="max-w-prose">
          Filled in with the sample directory of this machine, and its password. Press Save to connect with
          it.
        </p>
      )}
      <ConnectionForm directory={directory} sample={sample} />
    </Page>
  );
}
