"use server";
import { z } from "zod";
import { drillDoor } from "#app/_web/drill-door.ts";
import { formAction } from "#app/_web/form-action.ts";
import { drillModes } from "#lib/directory/drill-mode.ts";
import { liftHold } from "#lib/directory/lift-hold.ts";
import { setDrill } from "#lib/directory/set-drill.ts";
import { drillWords } from "./drill-words.ts";

export const playDrill = formAction(
  z.object({ mode: z.enum(drillModes) }),
  async ({ mode }, actor) => {
    const set = await setDrill(actor, drillDoor(), mode);
    if (!set.ok) return set;
    await liftHold(actor);
    const { name, plays } = drillWords[mode];
    const to = `/a/${actor.accountSlug}/enrollment/directory-sync/fire-drill`;
    const link = { text: "Run a sync now", href: `/a/${actor.accountSlug}/enrollment/directory-sync` };
    return { ok: true, to, flash: { tone: "success", message: `${name} is on. ${plays}`, link } };
  },
  {
    no_answer:
      "The sample directory does not answer, and nothing was changed. Stop Rollcall and start it again.",
  },
);
