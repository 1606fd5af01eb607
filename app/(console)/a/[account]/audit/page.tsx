import type { Metadata } from "next";
import { EmptyState } from "#app/_components/empty-state.tsx";
import { cappedCount } from "#app/_components/number.ts";
import { Page } from "#app/_components/page.tsx";
import { Pager } from "#app/_components/pager.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { idOf, oneOf } from "#app/_web/query.ts";
import { withQuery } from "#app/_web/with-query.ts";
import { listEvents } from "#lib/audit/list-events.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { AuditFilter } from "./audit-filter.tsx";
import { type AuditQuery, eventFilterOf, parametersOf } from "./event-filter.ts";
import { eventRow } from "./event-row.ts";
import { EventsTable } from "./events-table.tsx";

export const metadata: Metadata = { title: "Audit" };

type Props = { params: Promise<{ account: string }>; searchParams: Promise<AuditQuery> };

export default async function AuditPage({ params, searchParams }: Props) {
  const actor = await currentActor((await params).account, "audit.view");
  const base = `/a/${actor.accountSlug}`;
  const here = `${base}/audit`;
  const query = await searchParams;
  const filter = eventFilterOf(query);
  const place = {
    after: idOf(query.after),
    before: idOf(query.before),
    last: oneOf(query.last) !== undefined,
  };
  const { events, previous, next, matching } = await listEvents(actor, filter, place);
  const view = parametersOf(filter);
  const ways = { toUsers: isAllowed(actor, "users.view"), toRuns: isAllowed(actor, "imports.view") };
  return (
    <Page
      title="Audit"
      crumbs={[{ href: base, label: actor.accountName }]}
      lead="Who did what, on whom, and what it was before. Nothing here is ever changed; every event is sealed into a chain."
      actions={
        isAllowed(actor, "audit.export") && (
          <a className="btn btn-quiet btn-sm" href={withQuery(`${here}/events.csv`, view)}>
            Export
          </a>
        )
      }
    >
      <AuditFilter here={here} filter={filter} />
      {events.length > 0 ? (
        <>
          <p role="status">
            <strong className="font-semibold">{cappedCount(matching)}</strong>{" "}
            {matching.count === 1 ? "event" : "events"}
            {filter.run && " of one run"}
          </p>
          <EventsTable base={base} rows={events.map((event) => eventRow(event, ways))} />
        </>
      ) : (
        <EmptyState title="Nothing was written down that fits">
          Try other days or another address, or{" "}
          <a className="link" href={here}>
            show everything
          </a>
          .
        </EmptyState>
      )}
      <Pager
        label="Pages of events"
        first={withQuery(here, view)}
        previous={previous && withQuery(here, { ...view, before: previous })}
        next={next && withQuery(here, { ...view, after: next })}
        last={withQuery(here, { ...view, last: "yes" })}
      />
    </Page>
  );
}
