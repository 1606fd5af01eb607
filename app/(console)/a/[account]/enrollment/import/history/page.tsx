import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EmptyState } from "#app/_components/empty-state.tsx";
import { Page } from "#app/_components/page.tsx";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { listRuns } from "#app/_stand_in/lib.ts";
import { currentActor } from "#app/_web/current-actor.ts";
import { oneOf } from "#app/_web/query.ts";
import { RunsTable } from "../../../runs-table.tsx";

export const metadata: Metadata = { title: "File Based Import History" };

type Props = { params: Promise<{ account: string }>; searchParams: Promise<{ before?: string | string[] }> };

export default async function ImportHistoryPage({ params, searchParams }: Props) {
  const actor = await currentActor((await params).account);
  if (!isAllowed(actor, "imports.view")) notFound();
  const base = `/a/${actor.accountSlug}`;
  const here = `${base}/enrollment/import/history`;
  const before = oneOf((await searchParams).before);
  const { runs, next } = await listRuns(actor, { kind: "import", ...(before && { before }) });
  return (
    <Page
      title="File Based Import History"
      crumbs={[
        { href: base, label: actor.accountName },
        { href: `${base}/enrollment`, label: "Enrollment" },
        { href: `${base}/enrollment/import`, label: "Import" },
      ]}
    >
      {runs.length === 0 ? (
        <EmptyState title="No file has been imported yet">
          Choose one on the page <a className="link" href={`${base}/enrollment/import`}>Import</a>; what it did is listed here.
        </EmptyState>
      ) : (
        <RunsTable base={base} runs={runs} />
      )}
      {(before || next) && (
        <nav aria-label="Pages of the history" className="flex justify-end gap-2">
          {before && <a className="btn btn-quiet btn-sm" href={here}>Newest</a>}
          {next && <a className="btn btn-quiet btn-sm" href={`${here}?before=${encodeURIComponent(next)}`}>Older</a>}
        </nav>
      )}
    </Page>
  );
}
