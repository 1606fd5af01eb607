import type { Metadata } from "next";
import { Alert } from "#app/_components/alert.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { network } from "#app/_web/network.ts";
import { findDirectory } from "#lib/directory/find-directory.ts";
import { readUnitTree } from "#lib/directory/read-unit-tree.ts";
import { StepPage } from "../step-page.tsx";
import { UnitsForm } from "./units-form.tsx";

export const metadata: Metadata = { title: "Organizational units" };

export default async function UnitsPage({ params }: { params: Promise<{ account: string }> }) {
  const actor = await currentActor((await params).account, "directory.change");
  const directory = await findDirectory(actor);
  const read = directory.settings.connection ? await readUnitTree(actor, network()) : null;
  const { units } = directory.settings;
  return (
    <StepPage
      actor={actor}
      directory={directory}
      title="Organizational units"
      lead="Whose people a sync brings. Each imported unit becomes a group here, and units below it come along."
    >
      {read && !read.ok && (
        <Alert tone="error">
          The units cannot be read now. {read.sentence} What was chosen before stands below.
        </Alert>
      )}
      <UnitsForm
        seen={directory.version}
        take={units.take}
        chosen={units.chosen}
        tree={read?.ok ? read.found : null}
      />
    </StepPage>
  );
}
