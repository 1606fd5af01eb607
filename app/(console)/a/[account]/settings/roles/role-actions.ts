"use server";
import { z } from "zod";
import { countOf } from "#app/_components/number.ts";
import { formAction } from "#app/_web/form-action.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { deleteRole } from "#lib/roles/delete-role.ts";
import { editRole } from "#lib/roles/edit-role.ts";
import { makeRole } from "#lib/roles/make-role.ts";
import { tickedOf } from "./role-boxes.ts";

const roles = (actor: UserActor) => `/a/${actor.accountSlug}/settings/roles`;
const fields = {
  name: z.string().trim().min(1, "Give the role a name.").max(60, "60 characters at most."),
  description: z.string().trim().max(200, "200 characters at most.").default(""),
};
const done = (message: string) => ({ tone: "success" as const, message });

const words = {
  bad_name: "Name and description may not hold characters that cannot be seen.",
  name_taken: "There is a role of this name already.",
  above_you: "You may make and change only roles with privileges that you hold yourself.",
  no_such_role: "This role is gone.",
  built_in: "Owner and Admin are as they are.",
};

export const addRole = formAction(
  z.looseObject(fields),
  async ({ name, description, ...rest }, actor) => {
    const made = await makeRole(actor, { name, description, privileges: tickedOf(textsOf(rest)) });
    if (!made.ok) return made;
    return { ok: true, to: roles(actor), flash: done(`The role ${made.name} is made.`) };
  },
  words,
);

export const changeRole = formAction(
  z.looseObject({ role: z.uuid(), ...fields }),
  async ({ role, name, description, ...rest }, actor) => {
    const edited = await editRole(actor, role, { name, description, privileges: tickedOf(textsOf(rest)) });
    if (!edited.ok) return edited;
    const message = `The role ${edited.name} is changed. It counts at the next click of whoever holds it.`;
    return { ok: true, to: roles(actor), flash: done(message) };
  },
  { ...words, oneself: "You hold this role yourself, so that somebody else has to change it." },
);

export const removeRole = formAction(
  z.object({ role: z.uuid() }),
  async ({ role }, actor) => {
    const deleted = await deleteRole(actor, role);
    if (deleted.ok)
      return { ok: true, to: roles(actor), flash: done(`The role ${deleted.name} is deleted.`) };
    if (deleted.reason !== "held") return { ok: false, reason: deleted.reason };
    const more = deleted.more > 0 ? ` and ${countOf(deleted.more, "other")}` : "";
    const sentence = `The role was not deleted. It is held by ${deleted.holders.join(", ")}${more}; take it away there first.`;
    return { ok: false, reason: "held", sentence };
  },
  { ...words, held: "The role was not deleted: somebody holds it." },
);

const textsOf = (rest: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(rest).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
