"use server";
import { refresh } from "next/cache";
import { z } from "zod";
import { formAction } from "#app/_web/form-action.ts";
import { mendRows } from "#lib/imports/mend-rows.ts";
import { readMendForm } from "./mend-form.ts";

const longestCell = 8_000;
const form = z
  .object({ run: z.uuid(), mode: z.enum(["check", "apply"]) })
  .catchall(z.string().max(longestCell));

/** Behind the lines that it is about. */
const ofLines = {
  mended_already:
    "of the file: mended by somebody else meanwhile, and no longer listed below. Nothing was imported; send the others again.",
  surplus:
    "of the file: more cells than columns. Move what belongs elsewhere to its column and empty the box Surplus. Nothing was imported.",
  blank: "of the file: no cell is filled. Fill the row, or tick Leave out. Nothing was imported.",
};

export const mendFailedRows = formAction(
  form,
  async ({ run, mode, ...cells }, actor) => {
    const mended = await mendRows(actor, { runId: run, mode, rows: readMendForm(cells) });
    if (mended.ok) return { ok: true, to: `/a/${actor.accountSlug}/enrollment/import?run=${mended.runId}` };
    // Without the rows that somebody else has mended.
    refresh();
    if ("sentence" in mended) return mended;
    return "lines" in mended
      ? { ok: false, reason: mended.reason, sentence: `${inWords(mended.lines)} ${ofLines[mended.reason]}` }
      : mended;
  },
  {
    no_rows: "Every row is left out, so there is nothing to import. Untick those that you have mended.",
    not_failed: "Nothing was imported: these rows are not to be mended any more. Load the page again.",
    ...ofLines,
    file: "Nothing was imported: the rows could not be read.",
  },
);

const inWords = (lines: number[]): string =>
  `${lines.length === 1 ? "Line" : "Lines"} ${new Intl.ListFormat("en").format(lines.map(String))}`;
