import type { Metadata } from "next";
import { EmptyState } from "#app/_components/empty-state.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { anyOf } from "#lib/runs/operations-of-runs.ts";
import { type HistoryQuery, RunHistory } from "../run-history.tsx";

export const metadata: Metadata = { title: "History of Bulk Work" };

type Props = { params: Promise<{ account: string }>; searchParams: Promise<HistoryQuery> };

/** Everything that touched many people at once, of the kinds that this person may look at. */
export default async function BulkHistoryPage({ params, searchParams }: Props) {
  const actor = await currentActor((await params).account, anyOf("view"));
  const base = `/a/${actor.accountSlug}`;
  return (
    <RunHistory
      actor={actor}
      kinds={["import", "bulk_invite", "bulk_change", "directory_sync", "undo"]}
      title="History of Bulk Work"
      here={`${base}/runs`}
      crumbs={[{ href: base, label: actor.accountName }]}
      query={await searchParams}
      empty={
        <EmptyState title="Nothing was done to many people yet">
          Imports, bulk invites, syncs of the directory, and changes of many people at once from the list of{" "}
          <a className="link" href={`${base}/users`}>
            users
          </a>
          , are listed here.
        </EmptyState>
      }
    />
  );
}
