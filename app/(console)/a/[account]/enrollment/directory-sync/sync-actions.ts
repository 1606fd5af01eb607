"use server";
import { refresh } from "next/cache";
import { z } from "zod";
import { formAction } from "#app/_web/form-action.ts";
import { settings } from "#app/_web/settings.ts";
import { applyPreview } from "#lib/directory/apply-preview.ts";
import { chooseConnector } from "#lib/directory/choose-connector.ts";
import { requestSync } from "#lib/directory/request-sync.ts";
import { wishSync, withdrawWish } from "#lib/directory/wish-sync.ts";
import { cancelRun } from "#lib/runs/cancel-run.ts";
import { stepRefusals } from "./step-refusals.ts";

const page = (slug: string) => `/a/${slug}/enrollment/directory-sync`;
const holdHours = () => settings().ROLLCALL_SYNC_HOLD_HOURS;

const refusals = {
  not_connected: "Define the connection first, and test it.",
  no_agent: "No agent is connected. Choose the Cloud-Based Connector, or connect an agent.",
  on_hold: "A sync was completed a short while ago. The page says from when on another may run.",
  running: "A sync that somebody asked for is under way already.",
};

/** Whoever is told no stands before a page that is behind: it is shown anew, below the sentence. */
function refused<Reason extends string>(reason: Reason): { ok: false; reason: Reason } {
  refresh();
  return { ok: false, reason };
}

export const runNow = formAction(
  z.object({ mode: z.enum(["check", "apply"]).catch("apply") }),
  async ({ mode }, actor) => {
    const asked = await requestSync(actor, { mode, holdHours: holdHours() });
    return asked.ok ? { ok: true, to: page(actor.accountSlug) } : refused(asked.reason);
  },
  refusals,
);

export const applyPlan = formAction(
  z.object({ run: z.uuid() }),
  async ({ run }, actor) => {
    const applied = await applyPreview(actor, { runId: run, holdHours: holdHours() });
    return applied.ok ? { ok: true, to: page(actor.accountSlug) } : refused(applied.reason);
  },
  {
    ...refusals,
    not_planned: "This preview was applied or dropped already.",
    too_old: "This preview is older than an hour. Make a new one.",
    settings_changed: "The settings were changed since. Make a new preview.",
    overtaken: "Another sync was made since. Make a new preview.",
  },
);

export const cancelSync = formAction(
  z.object({ run: z.uuid() }),
  async ({ run }, actor) => {
    const cancelled = await cancelRun(actor, run);
    return cancelled.ok ? { ok: true, to: page(actor.accountSlug) } : refused(cancelled.reason);
  },
  { ended: "It has ended by now." },
);

export const wishRun = formAction(
  z.object({ wish: z.enum(["run", "withdraw"]) }),
  async ({ wish }, actor) => {
    if (wish === "withdraw") {
      await withdrawWish(actor);
      return { ok: true, to: page(actor.accountSlug) };
    }
    const wished = await wishSync(actor, { holdHours: holdHours() });
    return wished.ok ? { ok: true, to: page(actor.accountSlug) } : refused(wished.reason);
  },
  {
    no_hold: "There is no hold any more. Press Run Now.",
    wished_already: "Somebody has asked for that already.",
  },
);

export const saveConnector = formAction(
  z.object({ connector: z.enum(["cloud", "agent"]), seen: z.coerce.number().int() }),
  async (wish, actor) => {
    const chosen = await chooseConnector(actor, wish);
    return chosen.ok ? { ok: true, to: page(actor.accountSlug) } : refused(chosen.reason);
  },
  {
    changed_meanwhile:
      "Somebody else has changed the settings meanwhile; Versions says who and what. Look at them and choose again.",
    gives_roles: stepRefusals.gives_roles,
  },
);
