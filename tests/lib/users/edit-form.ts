import type { UserActor } from "#lib/authorization/actor.ts";
import { type Edited, editedFields, editUser } from "#lib/users/edit-user.ts";
import { findUser } from "#lib/users/find-user.ts";
import type { People } from "./people.ts";

type Values = Record<(typeof editedFields)[number], string>;

/** What the form of this person holds now. */
export async function filledForm(people: People, id: string) {
  const user = await people.asApp(() => findUser(people.owner, id));
  if (!user) throw new Error("there is no such person");
  const values = editedFields.map((field) => [
    field,
    (field === "email" ? user.email : user.fields[field]) ?? "",
  ]);
  return { id, version: user.version, shown: Object.fromEntries(values) as Values };
}

/** The form as it is, with this typed into it. */
export async function saved(
  people: People,
  id: string,
  typed: Partial<Values>,
  actor: UserActor,
): Promise<Edited> {
  const filled = await filledForm(people, id);
  return people.asApp(() => editUser(actor, { ...filled, typed: { ...filled.shown, ...typed } }));
}
