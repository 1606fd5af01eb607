"use server";
import { z } from "zod";
import { formAction } from "#app/_web/form-action.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { fieldLabel } from "#lib/imports/fields.ts";
import { type Edited, editedFields, editUser } from "#lib/users/edit-user.ts";

type Values = Record<(typeof editedFields)[number], string>;

const text = z.string().max(100_000).default("");
const form = z.object({
  user: z.uuid(),
  version: z.coerce.number().int(),
  ...Object.fromEntries(
    editedFields.flatMap((field) => [
      [field, text],
      [`shown_${field}`, text],
    ]),
  ),
});

export const saveUser = formAction(
  form,
  async (input: Record<string, unknown>, actor) => {
    const valuesOf = (prefix: string) =>
      Object.fromEntries(editedFields.map((field) => [field, input[prefix + field]])) as Values;
    const edit = {
      id: input.user as string,
      version: input.version as number,
      shown: valuesOf("shown_"),
      typed: valuesOf(""),
    };
    const result = await editUser(actor, edit);
    if (result.ok) return saved(actor, edit.id, result);
    if (result.reason === "invalid") return { ...result, errors: result.errors as Record<string, string> };
    if (result.reason !== "changed_meanwhile") return result;
    return { ok: false, reason: result.reason, sentence: told(result), values: renewed(edit, result) };
  },
  {
    not_found: "There is no such person any more.",
    deleted: "This person was deleted meanwhile.",
    invalid: "Nothing was saved yet: see the boxes below.",
    changed_meanwhile: "Somebody changed this person meanwhile.",
  },
);

type Saved = Extract<Edited, { ok: true }>;
type ChangedMeanwhile = Extract<Edited, { reason: "changed_meanwhile" }>;

function saved(actor: UserActor, userId: string, { changes }: Saved) {
  const address = changes.find(({ field }) => field === "email");
  const entered =
    address?.before === null ? " The person can be invited now, by an import with the status New." : "";
  const message = changes.length === 0 ? "Nothing was changed." : `Saved.${entered}`;
  const to = `/a/${actor.accountSlug}/users/${userId}`;
  return { ok: true as const, to, flash: { tone: "success" as const, message } };
}

function told({ changes }: ChangedMeanwhile): string {
  const list = changes.map(
    ({ field, before, after }) => `${fieldLabel(field)}: ${before ?? "empty"} → ${after ?? "empty"}`,
  );
  return `Nothing was saved yet. Somebody changed this person while you did: ${list.join("; ")}. What you typed stands below; save again to keep it.`;
}

/** What was not touched follows the other admin; what was typed stays. */
function renewed({ shown, typed }: { shown: Values; typed: Values }, { now, version }: ChangedMeanwhile) {
  const values: Record<string, string> = { version: String(version) };
  for (const field of editedFields) {
    values[`shown_${field}`] = now[field];
    values[field] = typed[field].trim() === shown[field].trim() ? now[field] : typed[field];
  }
  return values;
}
