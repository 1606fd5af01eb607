"use server";
import { z } from "zod";
import { formAction } from "#app/_web/form-action.ts";
import { isId } from "#app/_web/query.ts";
import { userStatusOf } from "#app/_web/user-status-of.ts";
import { bulkActions } from "#lib/bulk-changes/bulk-action.ts";
import { requestBulkChange, type Selection } from "#lib/bulk-changes/request-bulk-change.ts";
import { managedOf } from "./managed-of.ts";

/** A tick is a field of its own, named after the person, so that it also works without scripts. */
const tick = "pick.";

/** More than a page can show. */
const mostTicks = 500;

const wish = z
  .looseObject({
    action: z.enum(bulkActions),
    all: z.string().optional(),
    search: z.string().max(254).optional(),
  })
  .transform((form) => ({ action: form.action, selection: selectionOf(form) }));

function selectionOf(form: Record<string, unknown> & { all?: string; search?: string }): Selection {
  if (form.all) {
    const { status, managed } = form;
    const word = (value: unknown) => (typeof value === "string" ? value : undefined);
    return {
      filter: { search: form.search, status: userStatusOf(word(status)), managed: managedOf(word(managed)) },
    };
  }
  const ticked = Object.keys(form).filter((name) => name.startsWith(tick));
  return {
    people: ticked
      .map((name) => name.slice(tick.length))
      .filter(isId)
      .slice(0, mostTicks),
  };
}

export const changeMany = formAction(
  wish,
  async ({ action, selection }, actor) => {
    const asked = await requestBulkChange(actor, { action, ...selection });
    return asked.ok ? { ok: true, to: `/a/${actor.accountSlug}/runs/${asked.runId}` } : asked;
  },
  { nobody: "Nobody was changed: tick the people first, or all that match." },
);
