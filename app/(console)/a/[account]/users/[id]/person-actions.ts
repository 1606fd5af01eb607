"use server";
import { z } from "zod";
import { countOf } from "#app/_components/number.ts";
import { formAction, type Outcome } from "#app/_web/form-action.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { changeManaged } from "#lib/users/change-managed.ts";
import { restoreUser } from "#lib/users/restore-user.ts";
import { suspendUser } from "#lib/users/suspend-user.ts";
import { unlinkIdentity } from "#lib/users/unlink-identity.ts";
import { userStatuses } from "#lib/users/user-status.ts";

const person = z.object({ user: z.uuid() });
const gone = "There is no such person any more.";

function done(actor: UserActor, userId: string, message: string): Outcome<never> {
  return { ok: true, to: `/a/${actor.accountSlug}/users/${userId}`, flash: { tone: "success", message } };
}

const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

export const suspend = formAction(
  person,
  async ({ user }, actor) => {
    const result = await suspendUser(actor, user);
    return result.ok ? done(actor, user, `Suspended. Restorable until ${day.format(result.until)}.`) : result;
  },
  {
    not_found: gone,
    deleted: "This person was deleted meanwhile.",
    already_suspended: "This person is suspended already.",
    outranks: "This person may do what you may not. Somebody who may do all of it can suspend them.",
    oneself: "You cannot suspend yourself.",
    owner: "An owner cannot be suspended. Take the role Owner away first.",
    last_admin: "No owner is left, so that no admin can be suspended. Make somebody an owner first.",
  },
);

export const restore = formAction(
  person,
  async ({ user }, actor) => {
    const result = await restoreUser(actor, user);
    return result.ok ? done(actor, user, `Restored: ${userStatuses[result.status]} again.`) : result;
  },
  {
    not_found: gone,
    deleted: "The 30 days are over: this person was deleted.",
    not_suspended: "This person is not suspended any more.",
    outranks: "This person may do what you may not. Somebody who may do all of it can restore them.",
  },
);

export const changeManagement = formAction(
  person.extend({ managed: z.enum(["yes", "no"]) }),
  async ({ user, managed }, actor) => {
    const result = await changeManaged(actor, user, managed === "yes");
    if (!result.ok) return result;
    const { taken, limit } = result.seats;
    const now = managed === "yes" ? "Managed now" : "Unmanaged now";
    const seats = limit === null ? countOf(taken, "seat") : `${taken} of ${countOf(limit, "seat")}`;
    return done(actor, user, `${now}; ${seats} taken.`);
  },
  {
    not_found: gone,
    gone,
    not_active: "Only people who are Active can be managed.",
    already: "Somebody has done this already.",
    no_seat: "All seats are taken. Make somebody unmanaged first, or ask the operator for more seats.",
  },
);

export const unlink = formAction(
  person.extend({ identity: z.uuid() }),
  async ({ user, identity }, actor) => {
    const result = await unlinkIdentity(actor, user, identity);
    return result.ok ? done(actor, user, "Unlinked. The sessions that it opened have ended.") : result;
  },
  { not_found: "Somebody has unlinked it already." },
);
