import type { Metadata } from "next";
import { EmptyState } from "#app/_components/empty-state.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { importCrumbs } from "../../../run-crumbs.ts";
import { type HistoryQuery, RunHistory } from "../../../run-history.tsx";

export const metadata: Metadata = { title: "File Based Import History" };

type Props = { params: Promise<{ account: string }>; searchParams: Promise<HistoryQuery> };

export default async function ImportHistoryPage({ params, searchParams }: Props) {
  const actor = await currentActor((await params).account, "imports.view");
  const base = `/a/${actor.accountSlug}`;
  return (
    <RunHistory
      actor={actor}
      kinds={["import", "undo"]}
      title="File Based Import History"
      here={`${base}/enrollment/import/history`}
      crumbs={importCrumbs(actor)}
      query={await searchParams}
      empty={
        <EmptyState title="No file has been imported yet">
          Choose one on the page{" "}
          <a className="link" href={`${base}/enrollment/import`}>
            Import
          </a>
          ; what it did is listed here.
        </EmptyState>
      }
    />
  );
}
