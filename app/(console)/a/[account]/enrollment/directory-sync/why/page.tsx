import type { Metadata } from "next";
import { Alert } from "#app/_components/alert.tsx";
import { Page } from "#app/_components/page.tsx";
import { Section } from "#app/_components/section.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { network } from "#app/_web/network.ts";
import { oneOf } from "#app/_web/query.ts";
import { explainLive } from "#lib/directory/explain-live.ts";
import { explainPerson } from "#lib/directory/explain-person.ts";
import { syncCrumbs } from "../../../run-crumbs.ts";
import { Explanations } from "./explanations.tsx";
import { WhyForm } from "./why-form.tsx";

export const metadata: Metadata = { title: "Why?" };

type Props = {
  params: Promise<{ account: string }>;
  searchParams: Promise<Partial<Record<"who" | "ask", string | string[]>>>;
};

export default async function WhyPage({ params, searchParams }: Props) {
  const actor = await currentActor((await params).account, "directory.view");
  const query = await searchParams;
  const base = `/a/${actor.accountSlug}`;
  const who = oneOf(query.who);
  const live = who !== undefined && oneOf(query.ask) !== undefined;
  const explained =
    who === undefined ? null : await (live ? explainLive(actor, network(), who) : explainPerson(actor, who));
  return (
    <Page
      title="Why?"
      crumbs={syncCrumbs(actor)}
      lead="What a sync makes of one person or entry, step by step, also of those who are not brought in."
    >
      <WhyForm here={`${base}/enrollment/directory-sync/why`} who={who} />
      {explained && !explained.ok && <Alert tone="error">{explained.sentence}</Alert>}
      {explained?.ok && (
        <Section title={live ? "As the directory is now" : "At the last sync"}>
          <Explanations explained={explained} base={base} />
        </Section>
      )}
    </Page>
  );
}
