import type { Metadata } from "next";
import { ActionForm } from "#app/_components/action-form.tsx";
import { EmptyState } from "#app/_components/empty-state.tsx";
import { Page } from "#app/_components/page.tsx";
import { Pager } from "#app/_components/pager.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { noSuchPage } from "#app/_web/no-such-page.ts";
import { placeOf } from "#app/_web/query.ts";
import { withQuery } from "#app/_web/with-query.ts";
import { findRun } from "#lib/runs/find-run.ts";
import { listFailedRows } from "#lib/runs/list-failed-rows.ts";
import { reportCrumbs } from "../../../run-crumbs.ts";
import { mendFailedRows } from "./mend-actions.ts";
import { MendTable } from "./mend-table.tsx";

export const metadata: Metadata = { title: "Mend failed rows" };

type Query = Partial<Record<"after" | "before", string | string[]>>;
type Props = { params: Promise<{ account: string; id: string }>; searchParams: Promise<Query> };

export default async function MendPage({ params, searchParams }: Props) {
  const { account, id } = await params;
  const actor = await currentActor(account, "imports.create");
  const run = await findRun(actor, id);
  if (run?.kind !== "import") noSuchPage();
  const query = await searchParams;
  const { rows, columns, previous, next } = await listFailedRows(actor, { runId: id, ...placeOf(query) });
  const base = `/a/${actor.accountSlug}`;
  const here = `${base}/runs/${id}/mend`;
  return (
    <Page
      title="Mend failed rows"
      crumbs={reportCrumbs(actor, run)}
      lead={<span className="break-words">{run.fileName}</span>}
    >
      <ActionForm action={mendFailedRows} className="space-y-4">
        <input type="hidden" name="run" value={id} />
        {rows.length === 0 ? (
          <EmptyState title="No failed row is left to be mended here">
            Rows that were tried again in a later run, and failed there, are mended from that run’s report.{" "}
            <a className="link" href={`${base}/runs/${id}/results?outcome=failed`}>
              See the failed rows
            </a>
            .
          </EmptyState>
        ) : (
          <>
            <p className="max-w-prose">
              Correct the cells. The rows that you do not leave out become an import of their own; where the
              file had other columns, they stay as they were.
            </p>
            <MendTable rows={rows} columns={columns} />
            <Submit />
          </>
        )}
      </ActionForm>
      <Pager
        label="Pages of failed rows"
        first={here}
        previous={previous === null ? null : withQuery(here, { before: String(previous) })}
        next={next === null ? null : withQuery(here, { after: String(next) })}
      />
    </Page>
  );
}

function Submit() {
  return (
    <>
      <div className="flex flex-wrap gap-3">
        <SubmitButton className="btn btn-quiet" name="mode" value="check">
          Check mended rows
        </SubmitButton>
        <SubmitButton name="mode" value="apply">
          Import mended rows
        </SubmitButton>
      </div>
      <p className="max-w-prose text-base-content/75 text-sm">
        <strong className="font-semibold">Check mended rows</strong> says what would happen and changes
        nothing. <strong className="font-semibold">Import mended rows</strong> does it and sends the
        invitations.
      </p>
    </>
  );
}
