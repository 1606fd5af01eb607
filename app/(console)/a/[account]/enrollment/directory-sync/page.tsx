import type { Metadata } from "next";
import { Page } from "#app/_components/page.tsx";
import { Section } from "#app/_components/section.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { drillDoor } from "#app/_web/drill-door.ts";
import { settings } from "#app/_web/settings.ts";
import { findDirectory } from "#lib/directory/find-directory.ts";
import { findSyncState, type SyncState } from "#lib/directory/find-sync-state.ts";
import type { RunView } from "#lib/runs/run-view.ts";
import { enrollmentCrumbs } from "../../run-crumbs.ts";
import { ConfigureSteps } from "./configure-steps.tsx";
import { ConnectorChoice } from "./connector-choice.tsx";
import { LastSyncs } from "./last-syncs.tsx";
import { PreviewFailed, PreviewReady } from "./preview-ready.tsx";
import { RunButtons } from "./run-buttons.tsx";
import { SyncBanner } from "./sync-banner.tsx";

export const metadata: Metadata = { title: "Directory Sync" };

const changedOf = ({ counts }: RunView): number =>
  counts.created + counts.updated + counts.deleted + counts.activated;

/** It can be applied and no sync has changed anybody since, or it has found nothing to do and none was tried since. */
function isFresh(preview: RunView, { attempted, completed }: SyncState): boolean {
  const { id, applicable, counts } = preview;
  if (applicable) return completed === null || id > completed.id || changedOf(completed) === 0;
  return changedOf(preview) + counts.waiting === 0 && (attempted === null || id > attempted.id);
}

/** Nothing was tried since that tells more. */
const isLast = ({ id }: RunView, { attempted, now }: SyncState): boolean =>
  now === null && (attempted === null || id > attempted.id);

export default async function DirectorySyncPage({ params }: { params: Promise<{ account: string }> }) {
  const actor = await currentActor((await params).account, "directory.view");
  const here = `/a/${actor.accountSlug}/enrollment/directory-sync`;
  const [directory, state] = await Promise.all([
    findDirectory(actor),
    findSyncState(actor, settings().ROLLCALL_SYNC_HOLD_HOURS),
  ]);
  return (
    <Page
      title="Directory Sync"
      crumbs={enrollmentCrumbs(actor)}
      lead="Keep people here true to the company directory: who joins it is brought in, who leaves it is suspended."
    >
      {state.now && <SyncBanner run={state.now} wait={state.wait} waiting={state.waiting} />}
      <Section title="Current Settings">
        <RunButtons directory={directory} state={state} here={here} />
        {state.preview && isFresh(state.preview, state) && (
          <PreviewReady run={state.preview} hold={state.hold} base={`/a/${actor.accountSlug}`} />
        )}
        {state.previewFailed && isLast(state.previewFailed, state) && (
          <PreviewFailed run={state.previewFailed} base={`/a/${actor.accountSlug}`} />
        )}
        <LastSyncs state={state} directory={directory} base={`/a/${actor.accountSlug}`} />
      </Section>
      <Section title="Connector">
        <ConnectorChoice directory={directory} here={here} />
        <ConfigureSteps directory={directory} here={here} />
      </Section>
      <Section title="Answers">
        <ul className="list-disc space-y-2 pl-5">
          <li>
            <a className="link" href={`${here}/why`}>
              Why?
            </a>
            <Told>What a sync makes of one address or entry, and for which reason.</Told>
          </li>
          <li>
            <a className="link" href={`${here}/report`}>
              Directory quality
            </a>
            <Told>People without mail, shared addresses, values that are too long.</Told>
          </li>
          {drillDoor() && (
            <li>
              <a className="link" href={`${here}/fire-drill`}>
                Fire drill
              </a>
              <Told>Let the sample directory have an accident, and see the guards hold.</Told>
            </li>
          )}
        </ul>
      </Section>
    </Page>
  );
}

const Told = ({ children }: { children: string }) => (
  <span className="block text-base-content/75 text-sm">{children}</span>
);
