import type { Metadata } from "next";
import { Alert } from "#app/_components/alert.tsx";
import { Page } from "#app/_components/page.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { importDefaults } from "#lib/imports/import-defaults.ts";
import { findLatestRun } from "#lib/runs/find-latest-run.ts";
import { findRun } from "#lib/runs/find-run.ts";
import { enrollmentCrumbs } from "../../run-crumbs.ts";
import { FileNeeds } from "./file-needs.tsx";
import { importStatus, isOver } from "./import-status.ts";
import { keptOptions } from "./kept-options.ts";
import { LiveImportStatus } from "./live-import-status.tsx";
import { UploadForm } from "./upload-form.tsx";

export const metadata: Metadata = { title: "Import" };

type Props = {
  params: Promise<{ account: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function ImportPage({ params, searchParams }: Props) {
  const actor = await currentActor((await params).account, "imports.create");
  const base = `/a/${actor.accountSlug}`;
  const query = await searchParams;
  const asked = query.run;
  const run = typeof asked === "string" ? await findRun(actor, asked) : await openImport(actor);
  return (
    <Page
      title="Import"
      crumbs={enrollmentCrumbs(actor)}
      lead="Bring people in, or keep them up to date, from a file."
    >
      {query.gone && <Alert tone="error">This file is no longer here. Choose it again.</Alert>}
      <UploadForm
        upload={`${base}/enrollment/import/upload`}
        kept={keptOptions(query)}
        defaults={await importDefaults(actor)}
      />
      {run && <LiveImportStatus served={importStatus(run, base)} />}
      <p>
        <a className="link" href={`${base}/enrollment/import/history`}>
          File Based Bulk User Import History
        </a>
      </p>
      <FileNeeds />
    </Page>
  );
}

/** Without being asked for one, the page still shows an import that is under way. */
async function openImport(actor: UserActor) {
  const latest = await findLatestRun(actor, "import");
  return latest && !isOver(latest) ? latest : null;
}
