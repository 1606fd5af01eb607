"use server";
import { z } from "zod";
import { formAction } from "#app/_web/form-action.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { readOptions } from "#lib/imports/read-options.ts";
import { requestImport } from "#lib/imports/request-import.ts";
import { cancelUpload } from "#lib/uploads/cancel-upload.ts";
import { withOptions } from "../kept-options.ts";
import { chosenColumns, columnErrors } from "./chosen-columns.ts";

const sent = z.record(z.string(), z.string());

export const mapColumns = formAction(
  sent,
  async (fields, actor) => {
    const { upload = "", mode } = fields;
    const back = withOptions(`/a/${actor.accountSlug}/enrollment/import`, fields);
    if (mode === "cancel") {
      await cancelUpload(actor, "roster", upload);
      return { ok: true, to: back };
    }
    if (mode !== "check" && mode !== "apply") return { ok: false, reason: "unknown_mode" };
    return startImport(actor, { fields, upload, mode, back });
  },
  {
    unknown_mode: "It was not said what to do with the file. Choose Check File, Import File or Cancel.",
    bad_options: "One of the options below cannot be taken as it is.",
    no_email_column: "No column holds Email ID yet. Choose it for the column with the addresses.",
    two_columns_one_field: "Some fields are chosen for more than one column. Choose each of them once.",
  },
);

type Start = { fields: Record<string, string>; upload: string; mode: "check" | "apply"; back: string };

async function startImport(actor: UserActor, { fields, upload, mode, back }: Start) {
  const read = readOptions(fields);
  if (!read.ok) return { ok: false, reason: "bad_options", errors: { [read.field]: read.sentence } } as const;
  const columns = chosenColumns(fields);
  const requested = await requestImport(actor, { uploadId: upload, mode, options: read.options, columns });
  if (requested.ok)
    return { ok: true, to: `/a/${actor.accountSlug}/enrollment/import?run=${requested.runId}` } as const;
  if (requested.reason !== "no_such_upload")
    return { ok: false, reason: requested.reason, errors: columnErrors(requested.columns, columns) } as const;
  return { ok: true, to: back, flash: { tone: "error", message: fileIsGone } } as const;
}

const fileIsGone = "This file is no longer here. Choose it again.";
