"use server";
import { refresh } from "next/cache";
import { z } from "zod";
import { number } from "#app/_components/number.ts";
import { formAction, type Outcome } from "#app/_web/form-action.ts";
import { whyNotResent } from "#app/(console)/a/[account]/invitation-sentences.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { type Invited, invitePeople } from "#lib/invitations/invite-people.ts";
import { longestMessage } from "#lib/invitations/read-message.ts";
import { resendInvitation } from "#lib/invitations/resend-invitation.ts";
import { restoreUser } from "#lib/users/restore-user.ts";
import { userStatuses } from "#lib/users/user-status.ts";
import { type BoxAnswer, boxes, writeTold } from "./box-answer.ts";
import { type Layout, layOut } from "./lay-out.ts";
import { readTold } from "./read-told.ts";

const text = z.string().default("");
const inviteForm = z.object({
  email1: text,
  email2: text,
  email3: text,
  email4: text,
  email5: text,
  message: text,
  told: z.string().optional(),
  /** The box, from 0, beside which something was pressed; absent: all are sent. */
  offer: z.coerce
    .number()
    .int()
    .min(0)
    .max(boxes.length - 1)
    .optional(),
});

type Form = z.output<typeof inviteForm>;
type Reason = "nobody" | "too_many" | "message";

export const sendInvitations = formAction(
  inviteForm,
  async (form, actor): Promise<Outcome<Reason>> => {
    const typed = [form.email1, form.email2, form.email3, form.email4, form.email5];
    const told = readTold(form.told);
    if (form.offer !== undefined) return shown(await takeUp(actor, { typed, told }, form.offer), form);
    const result = await invitePeople(actor, { addresses: typed, message: form.message });
    if (!result.ok) return refusal(result);
    return shown(layOut(result.answers, told, isAllowed(actor, "users.restore")), form);
  },
  {
    nobody: "Write at least one address.",
    too_many: "",
    message: "Nobody was invited yet: see the message below.",
  },
);

/** The message stays as long as there is somebody left to send it to. */
function shown({ typed, told }: Layout, { message }: Form): Outcome<never> {
  // The latest invitations below the form are others now.
  refresh();
  const emails = Object.fromEntries(boxes.map((box) => [`email${box}`, typed[box - 1] ?? ""]));
  const isOver = typed.every((each) => each.trim() === "");
  return { ok: true, values: { ...emails, message: isOver ? "" : message, told: writeTold(told) } };
}

type Refused = Exclude<Invited, { ok: true }>;

function refusal(refused: Refused): Outcome<Reason> & { ok: false } {
  if (refused.reason === "nobody") return { ok: false, reason: "nobody" };
  if (refused.reason === "too_many") {
    const sentence = `You have written ${number(refused.count)} addresses; ${boxes.length} at once is the most. Nobody was invited yet.`;
    return { ok: false, reason: "too_many", sentence, values: { tooMany: "yes" } };
  }
  const { fault } = refused;
  const message =
    fault.reason === "too_long"
      ? `This has ${number(fault.length)} characters; ${number(longestMessage)} is the most. Shorten it.`
      : `Line ${fault.line}: mail programs would make a link of “${fault.link}”. The mail holds one link only, the way to join. Leave it out, or put a blank after the dot.`;
  return { ok: false, reason: "message", errors: { message } };
}

/** Does what was offered beside a box. */
async function takeUp(actor: UserActor, { typed, told }: Layout, box: number): Promise<Layout> {
  const answer = told[box];
  if (!answer?.offer) return { typed, told };
  const { offer } = answer;
  const after =
    offer.do === "resend" ? await resend(actor, offer.invitation) : await reactivate(actor, offer.user);
  const isDone = after.tone === "good";
  return {
    typed: typed.map((each, at) => (at === box && isDone ? "" : each)),
    told: told.map(
      (each, at): BoxAnswer => (at === box ? { ...answer, ...after, offer: isDone ? null : offer } : each),
    ),
  };
}

type After = { tone: "good" | "bad"; text: string };

async function resend(actor: UserActor, invitation: string): Promise<After> {
  const result = await resendInvitation(actor, invitation);
  return result.ok
    ? { tone: "good", text: "Invited again: the mail goes out now." }
    : { tone: "bad", text: whyNotResent(result) };
}

async function reactivate(actor: UserActor, user: string): Promise<After> {
  const result = await restoreUser(actor, user);
  if (result.ok) return { tone: "good", text: `Restored: ${userStatuses[result.status]} again.` };
  if (result.reason === "outranks")
    return {
      tone: "bad",
      text: "This person may do what you may not. Somebody who may do all of it can restore them.",
    };
  return { tone: "bad", text: "Is not suspended any more. Send the form again." };
}
