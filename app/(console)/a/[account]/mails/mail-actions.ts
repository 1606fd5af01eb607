"use server";
import { z } from "zod";
import { countOf } from "#app/_components/number.ts";
import { formAction } from "#app/_web/form-action.ts";
import { decideMails } from "#lib/mail/decide-mails.ts";
import { resumeMail } from "#lib/mail/resume-mail.ts";

const picked = /^pick\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

const said = {
  send_again: (mails: number) => `${countOf(mails, "mail")} will be sent again.`,
  leave: (mails: number) => `${countOf(mails, "mail")} left as ${mails === 1 ? "it is" : "they are"}.`,
};

/** About the mails that were ticked, or all. */
export const decide = formAction(
  z
    .looseObject({ decision: z.enum(["send_again", "leave"]), all: z.string().optional() })
    .transform(({ decision, all, ...rest }) => ({
      decision,
      ids: all ? ("all" as const) : Object.keys(rest).flatMap((name) => picked.exec(name)?.[1] ?? []),
    })),
  async ({ decision, ids }, actor) => {
    if (ids.length === 0) return { ok: false, reason: "nothing_picked" };
    const decided = await decideMails(actor, { ids, decision });
    if (!decided.ok) return decided;
    const to = `/a/${actor.accountSlug}/mails/unknown`;
    return { ok: true, to, flash: { tone: "success", message: said[decision](decided.mails) } };
  },
  {
    nothing_picked: "Tick the mails first, or all of them.",
    nothing_to_decide: "Nothing was done: somebody has decided about them already.",
  },
);

export const letMailsGoOn = formAction(
  z.object({}),
  async (_nothing, actor) => {
    const resumed = await resumeMail(actor);
    if (!resumed.ok) return resumed;
    const message = "Mails go on. What was counted until now does not count again.";
    return { ok: true, to: `/a/${actor.accountSlug}`, flash: { tone: "success", message } };
  },
  { not_stopped: "Somebody has let them go on already." },
);
