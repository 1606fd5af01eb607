"use server";
import { z } from "zod";
import { formAction, type Outcome } from "#app/_web/form-action.ts";
import { isId } from "#app/_web/query.ts";
import { stationery } from "#app/_web/stationery.ts";
import { withQuery } from "#app/_web/with-query.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import {
  type PickedInvitations,
  requestInvitationChange,
} from "#lib/bulk-changes/request-invitation-change.ts";
import { copyLink } from "#lib/invitations/copy-link.ts";
import { resendInvitation } from "#lib/invitations/resend-invitation.ts";
import { revokeInvitation } from "#lib/invitations/revoke-invitation.ts";
import { type InvitationAction, invitationActions } from "#lib/runs/operations-of-runs.ts";
import { closedSentences, whyNotResent } from "../invitation-sentences.ts";
import { filterOf, wordsOf } from "./invitations-query.ts";

/** A tick is a field of its own, named after the invitation, so that it also works without scripts. */
const tick = "pick.";

/** More than a page can show. */
const mostTicks = 500;

type Form = Record<string, unknown>;
type Wish = { form: Form } & ({ one: [string, string] } | { action: InvitationAction });

const wish = z
  .looseObject({
    /** "resend", "revoke" or "copy", and of which invitation. */
    one: z
      .string()
      .regex(/^(resend|revoke|copy) [0-9a-f-]{36}$/)
      .optional(),
    action: z.enum(invitationActions).optional(),
  })
  .refine(({ one, action }) => one || action)
  .transform(
    ({ one, action, ...form }): Wish =>
      one ? { form, one: one.split(" ") as [string, string] } : { form, action: action as InvitationAction },
  );

const pickedIn = (form: Form): PickedInvitations =>
  form.all
    ? { filter: filterOf(form as Record<string, string>) }
    : {
        invitations: Object.keys(form)
          .filter((name) => name.startsWith(tick))
          .map((name) => name.slice(tick.length))
          .filter(isId)
          .slice(0, mostTicks),
      };

type Reason = "nobody" | "not_done";

export const changeInvitations = formAction(
  wish,
  async (asked, actor): Promise<Outcome<Reason>> => {
    if ("one" in asked) return changeOne(actor, asked.one, asked.form);
    const made = await requestInvitationChange(actor, { action: asked.action, ...pickedIn(asked.form) });
    return made.ok ? { ok: true, to: `/a/${actor.accountSlug}/runs/${made.runId}` } : made;
  },
  { nobody: "Nothing was done: tick invitations first, or all that match.", not_done: "Nothing was done." },
);

async function changeOne(
  actor: UserActor,
  [what, id]: [string, string],
  form: Form,
): Promise<Outcome<Reason>> {
  const refused = (sentence: string) => ({ ok: false, reason: "not_done", sentence }) as const;
  const done = (message: string) => {
    const list = `/a/${actor.accountSlug}/invitations`;
    const { after, before } = form as Record<string, string>;
    const to = withQuery(list, { ...wordsOf(filterOf(form as Record<string, string>)), after, before });
    return { ok: true, to, flash: { tone: "success", message } } as const;
  };
  if (what === "copy") {
    const copied = await copyLink(actor, id, stationery());
    if (!copied.ok) return refused(closedSentences[copied.reason]);
    return { ok: true, values: { link: copied.link, linkOf: copied.email } };
  }
  if (what === "revoke") {
    const revoked = await revokeInvitation(actor, id);
    return revoked.ok
      ? done(`Revoked: the links to ${revoked.email} lead nowhere any more.`)
      : refused(closedSentences[revoked.reason]);
  }
  const resent = await resendInvitation(actor, id);
  return resent.ok
    ? done(`Invited again: the mail to ${resent.email} goes out now.`)
    : refused(whyNotResent(resent));
}
