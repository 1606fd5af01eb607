import type { Metadata } from "next";
import { EmptyState } from "#app/_components/empty-state.tsx";
import { cappedCount } from "#app/_components/number.ts";
import { Page } from "#app/_components/page.tsx";
import { Pager } from "#app/_components/pager.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { idOf } from "#app/_web/query.ts";
import { withQuery } from "#app/_web/with-query.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { listDepartments } from "#lib/invitations/list-departments.ts";
import { listInvitations } from "#lib/invitations/list-invitations.ts";
import { seesInvitations } from "#lib/invitations/who-sees-invitations.ts";
import { InvitationsFilter } from "./invitations-filter.tsx";
import { filterOf, type InvitationsQuery, wordsOf } from "./invitations-query.ts";
import { InvitationsTable } from "./invitations-table.tsx";
import { ManyAtOnce } from "./many-at-once.tsx";
import { rowOf } from "./row-of.ts";

export const metadata: Metadata = { title: "Invitations" };

type Props = { params: Promise<{ account: string }>; searchParams: Promise<InvitationsQuery> };

export default async function InvitationsPage({ params, searchParams }: Props) {
  const actor = await currentActor((await params).account, seesInvitations);
  const base = `/a/${actor.accountSlug}`;
  const here = `${base}/invitations`;
  const query = await searchParams;
  const wanted = filterOf(query);
  const place = { after: idOf(query.after), before: idOf(query.before) };
  const [page, departments] = await Promise.all([
    listInvitations(actor, { ...wanted, ...place }),
    listDepartments(actor),
  ]);
  const filter = wordsOf(wanted);
  const filtered = Object.values(filter).some(Boolean);
  const changes = isAllowed(actor, "invitations.resend");
  const table = <InvitationsTable rows={page.invitations.map(rowOf)} here={here} changes={changes} />;
  return (
    <Page
      title="Invitations"
      crumbs={[{ href: base, label: actor.accountName }]}
      lead="Everybody who was invited, and what became of it."
      actions={<Ways base={base} mayInvite={isAllowed(actor, "invitations.send")} />}
    >
      {(filtered || page.invitations.length > 0) && (
        <InvitationsFilter here={here} filter={filter} departments={departments} />
      )}
      {filter.run && <OfOneRun base={base} run={filter.run} />}
      {page.invitations.length > 0 ? (
        <>
          <p role="status">
            <strong className="font-semibold">{cappedCount(page.matching)}</strong>{" "}
            {page.matching.count === 1 ? "invitation" : "invitations"}
          </p>
          {changes ? (
            <ManyAtOnce view={{ ...filter, ...place }} matching={page.matching}>
              {table}
            </ManyAtOnce>
          ) : (
            table
          )}
        </>
      ) : (
        <NoneHere here={here} base={base} filtered={filtered} />
      )}
      <Pager
        label="Pages of invitations"
        first={withQuery(here, filter)}
        previous={page.previous && withQuery(here, { ...filter, before: page.previous })}
        next={page.next && withQuery(here, { ...filter, after: page.next })}
      />
    </Page>
  );
}

function Ways({ base, mayInvite }: { base: string; mayInvite: boolean }) {
  return (
    <p className="flex flex-wrap gap-x-4">
      <a className="link" href={`${base}/invitations?chase=yes`}>
        To chase
      </a>
      <a className="link" href={`${base}/invitations/funnel`}>
        From invited to joined
      </a>
      {mayInvite && (
        <a className="link" href={`${base}/enrollment/invite`}>
          Invite
        </a>
      )}
    </p>
  );
}

function OfOneRun({ base, run }: { base: string; run: string }) {
  return (
    <p>
      Of{" "}
      <a className="link" href={`${base}/runs/${run}`}>
        one run
      </a>{" "}
      alone.
    </p>
  );
}

function NoneHere({ here, base, filtered }: { here: string; base: string; filtered: boolean }) {
  if (filtered) {
    return (
      <EmptyState title="No invitation matches">
        Try fewer letters or another state, or{" "}
        <a className="link" href={here}>
          show all invitations
        </a>
        .
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Nobody was invited yet">
      Bring people in by their addresses:{" "}
      <a className="link" href={`${base}/enrollment`}>
        Enrollment
      </a>
      .
    </EmptyState>
  );
}
