import type { Metadata } from "next";
import { EmptyState } from "#app/_components/empty-state.tsx";
import { Page } from "#app/_components/page.tsx";
import { Pager } from "#app/_components/pager.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { idOf } from "#app/_web/query.ts";
import { listRuns } from "#lib/runs/list-runs.ts";
import { RunsTable } from "../../../runs-table.tsx";

export const metadata: Metadata = { title: "File Based Import History" };

type Props = {
  params: Promise<{ account: string }>;
  searchParams: Promise<Partial<Record<"before" | "after", string | string[]>>>;
};

export default async function ImportHistoryPage({ params, searchParams }: Props) {
  const actor = await currentActor((await params).account, "imports.view");
  const base = `/a/${actor.accountSlug}`;
  const here = `${base}/enrollment/import/history`;
  const query = await searchParams;
  const before = idOf(query.before);
  const after = idOf(query.after);
  const { runs, previous, next } = await listRuns(actor, { kind: ["import", "undo"], before, after });
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
          Choose one on the page{" "}
          <a className="link" href={`${base}/enrollment/import`}>
            Import
          </a>
          ; what it did is listed here.
        </EmptyState>
      ) : (
        <RunsTable base={base} runs={runs} />
      )}
      <Pager
        label="Pages of the history"
        previous={previous && `${here}?before=${previous}`}
        next={next && `${here}?after=${next}`}
      />
    </Page>
  );
}
