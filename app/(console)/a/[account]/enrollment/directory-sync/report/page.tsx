import type { Metadata } from "next";
import { EmptyState } from "#app/_components/empty-state.tsx";
import { Figures } from "#app/_components/figures.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { Page } from "#app/_components/page.tsx";
import { Section } from "#app/_components/section.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { oneOf } from "#app/_web/query.ts";
import { listQuality } from "#lib/directory/list-quality.ts";
import { qualityKinds } from "#lib/directory/quality-kinds.ts";
import { readQuality } from "#lib/directory/read-quality.ts";
import { syncCrumbs } from "../../../run-crumbs.ts";
import { QualityRows } from "./quality-rows.tsx";
import { kindOf, qualityWords } from "./quality-words.ts";

export const metadata: Metadata = { title: "Directory quality" };

type Props = {
  params: Promise<{ account: string }>;
  searchParams: Promise<Partial<Record<"show" | "after" | "before" | "last", string | string[]>>>;
};

export default async function QualityPage({ params, searchParams }: Props) {
  const actor = await currentActor((await params).account, "directory.view");
  const query = await searchParams;
  const here = `/a/${actor.accountSlug}/enrollment/directory-sync/report`;
  const kind = kindOf(query.show);
  const cursor = {
    after: oneOf(query.after),
    before: oneOf(query.before),
    last: oneOf(query.last) !== undefined,
  };
  const [{ counts, circles, at }, page] = await Promise.all([
    readQuality(actor),
    kind ? listQuality(actor, kind, cursor) : null,
  ]);
  return (
    <Page
      title="Directory quality"
      crumbs={syncCrumbs(actor)}
      lead={
        at ? (
          <>
            What to mend in the directory, as it was read last: <Moment at={at.getTime()} />.
          </>
        ) : (
          "What to mend in the directory."
        )
      }
    >
      {at ? (
        <>
          <Figures
            label="What to mend"
            wide={4}
            figures={qualityKinds.map((each) => ({
              label: qualityWords[each].label,
              value: counts[each],
              href: `${here}?show=${each}`,
            }))}
          />
          {!kind && <p className="text-base-content/75 text-sm">Choose a number to see whom it counts.</p>}
          {kind && page && (
            <QualityRows kind={kind} page={page} here={here} base={`/a/${actor.accountSlug}`} />
          )}
          <Circles circles={circles} />
        </>
      ) : (
        <EmptyState title="The directory was not read yet">
          This page tells what to mend as soon as a sync is completed: press Run Now on{" "}
          <a className="link" href={`/a/${actor.accountSlug}/enrollment/directory-sync`}>
            Directory Sync
          </a>
          .
        </EmptyState>
      )}
    </Page>
  );
}

function Circles({ circles }: { circles: string[][] }) {
  if (circles.length === 0) return null;
  return (
    <Section title="Lists that hold each other">
      <p>Their people are read all the same, each once. Take one of each circle out of the other.</p>
      <ul className="list-disc space-y-1 pl-5">
        {circles.map((circle) => (
          <li key={circle.join()} className="break-words">
            {circle.join(", ")}
          </li>
        ))}
      </ul>
    </Section>
  );
}
