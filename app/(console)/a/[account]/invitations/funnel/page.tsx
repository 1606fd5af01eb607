import type { Metadata } from "next";
import { EmptyState } from "#app/_components/empty-state.tsx";
import { Page } from "#app/_components/page.tsx";
import { Section } from "#app/_components/section.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { withQuery } from "#app/_web/with-query.ts";
import { chaseAfterDays } from "#lib/invitations/matching-invitations.ts";
import {
  type FunnelBy,
  type FunnelRow,
  readInvitationFunnel,
} from "#lib/invitations/read-invitation-funnel.ts";
import { seesInvitations } from "#lib/invitations/who-sees-invitations.ts";
import { sourceWord } from "../invitation-words.ts";
import { FunnelFigures } from "./funnel-figures.tsx";
import { FunnelTable } from "./funnel-table.tsx";

export const metadata: Metadata = { title: "From Invited to Joined" };

type Props = { params: Promise<{ account: string }>; searchParams: Promise<{ by?: string | string[] }> };

const ways: Record<FunnelBy, { label: string; nameOf: (row: FunnelRow) => string }> = {
  run: { label: "Run", nameOf: nameOfRun },
  source: { label: "Source", nameOf: ({ key }) => sourceWord(key ?? "") },
  department: { label: "Department", nameOf: ({ key }) => key ?? "Without a department" },
};

export default async function FunnelPage({ params, searchParams }: Props) {
  const actor = await currentActor((await params).account, seesInvitations);
  const base = `/a/${actor.accountSlug}`;
  const list = `${base}/invitations`;
  const asked = (await searchParams).by;
  const by = asked === "source" || asked === "department" ? asked : "run";
  const funnel = await readInvitationFunnel(actor, { by });
  return (
    <Page
      title="From Invited to Joined"
      crumbs={[
        { href: base, label: actor.accountName },
        { href: list, label: "Invitations" },
      ]}
      lead={`To chase are those whose mail arrived ${chaseAfterDays} days ago or more and who have not joined.`}
    >
      {funnel.total.invited === 0 ? (
        <EmptyState title="Nobody was invited yet">What becomes of invitations shows here.</EmptyState>
      ) : (
        <>
          <FunnelFigures funnel={funnel} list={list} filter={{}} />
          <Section
            title={`By ${ways[by].label.toLowerCase()}`}
            aside={<Ways here={`${list}/funnel`} by={by} />}
          >
            <FunnelTable
              label={`From invited to joined, by ${by}`}
              first={ways[by].label}
              rows={funnel.rows}
              nameOf={ways[by].nameOf}
              queryOf={({ key }) => (key === null ? null : new URLSearchParams({ [by]: key }).toString())}
              list={list}
            />
          </Section>
        </>
      )}
    </Page>
  );
}

function Ways({ here, by }: { here: string; by: FunnelBy }) {
  return (
    <nav aria-label="Funnel by" className="flex gap-4">
      {Object.entries(ways).map(([value, { label }]) => (
        <a
          key={value}
          href={withQuery(here, { by: value })}
          aria-current={value === by ? "page" : undefined}
          className={value === by ? "font-semibold" : "link"}
        >
          By {label.toLowerCase()}
        </a>
      ))}
    </nav>
  );
}

function nameOfRun({ key, run }: FunnelRow): string {
  if (key === null) return "Without a run: one by one";
  const day = run?.requestedAt.toISOString().slice(0, 10) ?? "";
  return [run?.name ?? sourceWord(run?.kind ?? "import"), day].filter(Boolean).join(", ");
}
