import type { Metadata } from "next";
import { currentActor } from "#app/_web/current-actor.ts";
import { findDirectory } from "#lib/directory/find-directory.ts";
import { findProtected } from "#lib/directory/find-protected.ts";
import { StepPage } from "../step-page.tsx";
import { ProtectedForm } from "./protected-form.tsx";

export const metadata: Metadata = { title: "Exclusions" };

export default async function ProtectedPage({ params }: { params: Promise<{ account: string }> }) {
  const actor = await currentActor((await params).account, "directory.change");
  const directory = await findDirectory(actor);
  const kept = directory.settings.protected;
  const { people, groups } = await findProtected(actor, kept.users);
  return (
    <StepPage
      actor={actor}
      directory={directory}
      title="Exclusions"
      lead="People here whom a sync must not touch: it changes nothing about them, and never suspends them."
    >
      <ProtectedForm
        seen={directory.version}
        people={people}
        groups={groups}
        chosen={kept.groups}
        rules={kept.rules}
      />
    </StepPage>
  );
}
