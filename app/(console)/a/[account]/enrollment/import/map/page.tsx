import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ActionForm } from "#app/_components/action-form.tsx";
import { Page } from "#app/_components/page.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { idOf } from "#app/_web/query.ts";
import { findUpload } from "#lib/imports/find-upload.ts";
import { importDefaults } from "#lib/imports/import-defaults.ts";
import { importCrumbs } from "../../../run-crumbs.ts";
import { keptOptions } from "../kept-options.ts";
import { OptionFields } from "../option-fields.tsx";
import { ColumnsTable } from "./columns-table.tsx";
import { FileFault } from "./file-fault.tsx";
import { mapColumns } from "./map-actions.ts";

export const metadata: Metadata = { title: "Map columns" };

type Props = {
  params: Promise<{ account: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function MapPage({ params, searchParams }: Props) {
  const actor = await currentActor((await params).account, "imports.create");
  const base = `/a/${actor.accountSlug}`;
  const query = await searchParams;
  const upload = await findUpload(actor, idOf(query.upload) ?? "");
  // A page cannot leave a message for the next one, so the form says it by what is asked of it.
  if (!upload) redirect(`${base}/enrollment/import?gone=1`);
  return (
    <Page
      title="Map columns"
      crumbs={importCrumbs(actor)}
      lead={
        <>
          Say what each column of <strong className="break-words font-semibold">{upload.fileName}</strong>{" "}
          holds. Nothing has been imported yet.
        </>
      }
    >
      <ActionForm action={mapColumns} className="space-y-4">
        <input type="hidden" name="upload" value={upload.id} />
        {upload.fault && <FileFault sentence={upload.fault} />}
        <ColumnsTable columns={upload.columns} />
        <p className="max-w-prose text-base-content/75 text-sm">
          Each field can be chosen once. <strong className="font-semibold">Email ID</strong> is the only one
          that is needed.
        </p>
        <div className="flex flex-wrap gap-3">
          <SubmitButton name="mode" value="check" className="btn btn-quiet">
            Check File
          </SubmitButton>
          <SubmitButton name="mode" value="apply">
            Import File
          </SubmitButton>
          <SubmitButton name="mode" value="cancel" className="btn btn-quiet">
            Cancel
          </SubmitButton>
        </div>
        <OptionFields kept={keptOptions(query)} defaults={await importDefaults(actor)} />
      </ActionForm>
    </Page>
  );
}
