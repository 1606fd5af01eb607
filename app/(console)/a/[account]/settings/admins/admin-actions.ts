"use server";
import { z } from "zod";
import { countOf } from "#app/_components/number.ts";
import { formAction } from "#app/_web/form-action.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { grantRole } from "#lib/roles/grant-role.ts";
import { grantRoleToGroup } from "#lib/roles/grant-role-to-group.ts";
import { takeRole } from "#lib/roles/take-role.ts";
import { takeRoleFromGroup } from "#lib/roles/take-role-from-group.ts";

const admins = (actor: UserActor) => `/a/${actor.accountSlug}/settings/admins`;
const roleId = z.uuid("Choose a role.");
const noSuchRole = "This role is gone. Open the page again and choose another.";
const aboveYou =
  "You may give and take only roles with privileges that you hold yourself; Owner only as an owner.";
const oneself = "Nobody gives a role to themselves. Ask another admin or an owner.";
const lastOwner =
  "Nothing was taken: without this nobody would own the account. Give Owner to somebody else first.";

export const giveRole = formAction(
  z.object({
    roleId,
    email: z
      .string()
      .trim()
      .min(1, "Enter the person's address.")
      .max(254, "That is too long for an address."),
  }),
  async (wish, actor) => {
    const given = await grantRole(actor, wish);
    if (!given.ok) return given.reason === "nobody" ? { ...given, errors: { email: nobody } } : given;
    const message = `${given.name} has the role ${given.roleName} now.`;
    return { ok: true, to: admins(actor), flash: { tone: "success", message } };
  },
  {
    no_such_role: noSuchRole,
    above_you: aboveYou,
    oneself,
    nobody: "No role was given.",
    suspended: "This person is suspended. Restore them first.",
    held_already: "This person has been given this role already.",
  },
);

const nobody = "Nobody in this account has this address. Invite or import them first.";

export const giveRoleToGroup = formAction(
  z.object({
    roleId,
    group: z.string().trim().min(1, "Enter the group's name.").max(200, "That is too long."),
  }),
  async (wish, actor) => {
    const given = await grantRoleToGroup(actor, wish);
    if (!given.ok) return given.reason === "no_such_group" ? { ...given, errors: { group: noGroup } } : given;
    const message = `Everybody in ${given.groupName} has the role ${given.roleName} now.`;
    return { ok: true, to: admins(actor), flash: { tone: "success", message } };
  },
  {
    no_such_role: noSuchRole,
    above_you: aboveYou,
    oneself: "You are in this group yourself, and nobody gives a role to themselves. Ask an owner.",
    no_such_group: "No role was given.",
    held_already: "This group has this role already.",
  },
);

const noGroup = "There is no group of this name.";

const taken = (ended: number, whom: string) => ({
  tone: "success" as const,
  message: `Taken away. ${ended === 0 ? `${whom} sees the change at the next click.` : `${countOf(ended, "session")} ended at once.`}`,
});

export const takeAway = formAction(
  z.object({ roleId, userId: z.uuid() }),
  async (wish, actor) => {
    const result = await takeRole(actor, wish);
    if (!result.ok) return result;
    return { ok: true, to: admins(actor), flash: taken(result.endedSessions, "The person") };
  },
  {
    no_such_role: noSuchRole,
    above_you: aboveYou,
    last_owner: lastOwner,
    not_held: "This person does not have this role by hand any more.",
  },
);

export const takeAwayFromGroup = formAction(
  z.object({ roleId, groupId: z.uuid() }),
  async (wish, actor) => {
    const result = await takeRoleFromGroup(actor, wish);
    if (!result.ok) return result;
    return { ok: true, to: admins(actor), flash: taken(result.endedSessions, "The group") };
  },
  {
    no_such_role: noSuchRole,
    above_you: aboveYou,
    last_owner: lastOwner,
    not_held: "This group does not have this role any more.",
  },
);
