import type { Metadata } from "next";
import { EmptyState } from "#app/_components/empty-state.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { bulkInviteCrumbs } from "../../../run-crumbs.ts";
import { type HistoryQuery, RunHistory } from "../../../run-history.tsx";

export const metadata: Metadata = { title: "History of Bulk User Invite" };

type Props = { params: Promise<{ account: string }>; searchParams: Promise<HistoryQuery> };

export default async function BulkInviteHistoryPage({ params, searchParams }: Props) {
  const actor = await currentActor((await params).account, "bulk_invites.view");
  const base = `/a/${actor.accountSlug}`;
  return (
    <RunHistory
      actor={actor}
      kinds={["bulk_invite", "undo"]}
      title="History of Bulk User Invite"
      here={`${base}/enrollment/bulk-invite/history`}
      crumbs={bulkInviteCrumbs(actor)}
      query={await searchParams}
      empty={
        <EmptyState title="Nobody was invited from a list yet">
          Choose one on the page{" "}
          <a className="link" href={`${base}/enrollment/bulk-invite`}>
            Bulk Invite
          </a>
          ; what came of it is listed here.
        </EmptyState>
      }
    />
  );
}
