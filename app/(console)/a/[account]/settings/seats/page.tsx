import type { Metadata } from "next";
import { EmptyState } from "#app/_components/empty-state.tsx";
import { countOf } from "#app/_components/number.ts";
import { Page } from "#app/_components/page.tsx";
import { Pager } from "#app/_components/pager.tsx";
import { Section } from "#app/_components/section.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { idOf, oneOf } from "#app/_web/query.ts";
import { withQuery } from "#app/_web/with-query.ts";
import { listUsage, type Usage } from "#lib/seats/list-usage.ts";
import { settingsCrumbs } from "../settings-crumbs.ts";
import { periodInWords } from "./period-in-words.ts";
import { seatsInWords, seatsLeft } from "./seats-in-words.ts";
import { SpansTable } from "./spans-table.tsx";

export const metadata: Metadata = { title: "Seats" };

type Query = Partial<Record<"period" | "after" | "before", string | string[]>>;
type Props = { params: Promise<{ account: string }>; searchParams: Promise<Query> };

export default async function SeatsPage({ params, searchParams }: Props) {
  const actor = await currentActor((await params).account, "seats.view");
  const base = `/a/${actor.accountSlug}`;
  const here = `${base}/settings/seats`;
  const query = await searchParams;
  const view = { from: oneOf(query.period), after: idOf(query.after), before: idOf(query.before) };
  const usage = await listUsage(actor, view);
  const { period, spans, previous, next } = usage;
  const of = (cursor: Record<string, string>) => withQuery(here, { period: period.from, ...cursor });
  return (
    <Page title="Seats" crumbs={settingsCrumbs(actor)} lead="Each managed person takes a seat and is billed.">
      <SeatsNow usage={usage} base={base} />
      <Section title="Billing periods">
        <Periods usage={usage} here={here} />
      </Section>
      <Section
        title={periodInWords(period)}
        aside={
          <a
            className="btn btn-quiet btn-sm"
            href={withQuery(`${here}/usage.csv`, { period: period.from })}
            download
          >
            Download CSV
          </a>
        }
      >
        {spans.length === 0 ? (
          <EmptyState title="Nobody was managed in this period">
            Make people managed from the list of{" "}
            <a className="link" href={`${base}/users?status=active`}>
              users
            </a>
            .
          </EmptyState>
        ) : (
          <SpansTable spans={spans} base={base} />
        )}
        <Pager
          label="Pages of this period"
          previous={previous && of({ before: previous })}
          next={next && of({ after: next })}
        />
      </Section>
    </Page>
  );
}

function SeatsNow({ usage, base }: { usage: Usage; base: string }) {
  const left = seatsLeft(usage.seats);
  return (
    <p className="max-w-prose">
      <strong className="font-semibold text-lg">{seatsInWords(usage.seats)}</strong>
      {left ? `; ${left}` : ", without a limit"}. Billed{" "}
      {usage.billed === "annual" ? "by the year" : "by the month"}. A seat stays taken while somebody is
      suspended, until they are made unmanaged or deleted.{" "}
      <a className="link" href={`${base}/users?managed=yes`}>
        See who is managed now
      </a>
      .
    </p>
  );
}

function Periods({ usage, here }: { usage: Usage; here: string }) {
  return (
    <ul className="divide-y divide-base-300 border-base-300 border-y">
      {usage.periods.map((period) => (
        <li key={period.from} className="flex flex-wrap justify-between gap-x-6 py-1.5">
          <a
            className="link"
            href={withQuery(here, { period: period.from })}
            aria-current={period.from === usage.period.from ? "true" : undefined}
          >
            {periodInWords(period)}
          </a>
          <span>{countOf(period.people, "billed user")}</span>
        </li>
      ))}
    </ul>
  );
}
