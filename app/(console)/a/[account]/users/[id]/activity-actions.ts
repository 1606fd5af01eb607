"use server";
import { z } from "zod";
import { countOf } from "#app/_components/number.ts";
import { formAction, type Outcome } from "#app/_web/form-action.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { allowMail } from "#lib/mail/allow-mail.ts";
import { endSessions } from "#lib/users/end-sessions.ts";
import { pauseMails } from "#lib/users/pause-mails.ts";
import { resumeMails } from "#lib/users/resume-mails.ts";

const person = z.object({ user: z.uuid() });
const gone = "There is no such person any more.";
const unmanaged = "This person is not managed any more.";
const outranks = "This person may do what you may not. Somebody who may do all of it can do this.";

function done(actor: UserActor, userId: string, message: string): Outcome<never> {
  const to = `/a/${actor.accountSlug}/users/${userId}`;
  return { ok: true, to, flash: { tone: "success", message } };
}

/** Of one session where the form names it, else of all. */
export const signOutPerson = formAction(
  person.extend({ session: z.uuid().optional() }),
  async ({ user, session }, actor) => {
    const result = await endSessions(actor, user, session);
    return result.ok ? done(actor, user, `Signed out of ${countOf(result.sessions, "session")}.`) : result;
  },
  { not_found: gone, unmanaged, outranks, no_session: "There is no session left that could be ended." },
);

export const pause = formAction(
  person,
  async ({ user }, actor) => {
    const result = await pauseMails(actor, user);
    const message = "Mails are paused. What is queued waits; only sign-in links go out.";
    return result.ok ? done(actor, user, message) : result;
  },
  { not_found: gone, unmanaged, outranks, paused_already: "Somebody has paused them already." },
);

export const resume = formAction(
  person,
  async ({ user }, actor) => {
    const result = await resumeMails(actor, user);
    if (!result.ok) return result;
    return done(actor, user, `Mails go out again. ${countOf(result.mails, "mail")} had waited.`);
  },
  { not_found: gone, not_paused: "Somebody has resumed them already." },
);

export const allowMailAgain = formAction(
  person,
  async ({ user }, actor) => {
    const result = await allowMail(actor, user);
    if (!result.ok) return result;
    return done(
      actor,
      user,
      `Mail goes to ${result.address} again. What was not sent meanwhile stays unsent.`,
    );
  },
  { not_found: gone, not_suppressed: "Somebody has allowed it already." },
);
