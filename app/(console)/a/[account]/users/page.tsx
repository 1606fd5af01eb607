import type { Metadata } from "next";
import { EmptyState } from "#app/_components/empty-state.tsx";
import { cappedCount } from "#app/_components/number.ts";
import { Page } from "#app/_components/page.tsx";
import { Pager } from "#app/_components/pager.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { idOf, oneOf } from "#app/_web/query.ts";
import { userStatusOf } from "#app/_web/user-status-of.ts";
import { withQuery } from "#app/_web/with-query.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { bulkActions, operationOf } from "#lib/bulk-changes/bulk-action.ts";
import { viewSeats } from "#lib/seats/view-seats.ts";
import { listUsers } from "#lib/users/list-users.ts";
import { seatsInWords } from "../settings/seats/seats-in-words.ts";
import { managedOf } from "./managed-of.ts";
import { ManyAtOnce } from "./many-at-once.tsx";
import { UsersFilter } from "./users-filter.tsx";
import { UsersTable } from "./users-table.tsx";

export const metadata: Metadata = { title: "Users" };

type Query = Partial<Record<"search" | "status" | "managed" | "after" | "before", string | string[]>>;
type Props = { params: Promise<{ account: string }>; searchParams: Promise<Query> };

export default async function UsersPage({ params, searchParams }: Props) {
  const actor = await currentActor((await params).account, "users.view");
  const base = `/a/${actor.accountSlug}`;
  const here = `${base}/users`;
  const query = await searchParams;
  const managed = managedOf(oneOf(query.managed));
  const wanted = { search: oneOf(query.search), status: userStatusOf(oneOf(query.status)) };
  const view = { ...wanted, managed, after: idOf(query.after), before: idOf(query.before) };
  const page = await listUsers(actor, view);
  const filter = { ...wanted, managed: managed === undefined ? undefined : managed ? "yes" : "no" };
  const filtered = Object.values(filter).some(Boolean);
  const allowed = bulkActions.filter((action) => isAllowed(actor, operationOf(action)));
  const pickable = allowed.length > 0;
  const table = <UsersTable users={page.users} base={base} pickable={pickable} />;
  return (
    <Page
      title="Users"
      crumbs={[{ href: base, label: actor.accountName }]}
      lead="Everybody of the account, joined or not."
      actions={<SeatsTaken actor={actor} base={base} />}
    >
      {(filtered || page.users.length > 0) && <UsersFilter here={here} {...filter} />}
      {page.users.length > 0 ? (
        <>
          <p role="status">
            <strong className="font-semibold">{cappedCount(page.matching)}</strong>{" "}
            {page.matching.count === 1 ? "person" : "people"}
          </p>
          {pickable ? (
            <ManyAtOnce allowed={allowed} filter={filter} matching={page.matching}>
              {table}
            </ManyAtOnce>
          ) : (
            table
          )}
        </>
      ) : (
        <NobodyHere base={base} filtered={filtered} />
      )}
      <Pager
        label="Pages of users"
        previous={page.previous && withQuery(here, { ...filter, before: page.previous })}
        next={page.next && withQuery(here, { ...filter, after: page.next })}
      />
    </Page>
  );
}

async function SeatsTaken({ actor, base }: { actor: UserActor; base: string }) {
  return (
    <p className="flex flex-wrap gap-x-4">
      <a className="link" href={`${base}/settings/seats`}>
        {seatsInWords(await viewSeats(actor))}
      </a>
      <a className="link" href={`${base}/runs`}>
        History of Bulk Work
      </a>
    </p>
  );
}

function NobodyHere({ base, filtered }: { base: string; filtered: boolean }) {
  if (filtered) {
    return (
      <EmptyState title="Nobody matches">
        Try fewer letters or another status, or{" "}
        <a className="link" href={`${base}/users`}>
          show everybody
        </a>
        .
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Nobody is here yet">
      Bring people in from a file:{" "}
      <a className="link" href={`${base}/enrollment/import`}>
        Import
      </a>
      .
    </EmptyState>
  );
}
