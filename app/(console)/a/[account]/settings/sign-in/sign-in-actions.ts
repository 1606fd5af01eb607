"use server";
import { z } from "zod";
import { formAction, type Outcome } from "#app/_web/form-action.ts";
import { network } from "#app/_web/network.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { addRoleRule } from "#lib/sign-in/add-role-rule.ts";
import { removeConnection } from "#lib/sign-in/remove-connection.ts";
import { removeRoleRule } from "#lib/sign-in/remove-role-rule.ts";
import { type ConnectionSettings, saveConnection } from "#lib/sign-in/save-connection.ts";
import { switchConnection } from "#lib/sign-in/switch-connection.ts";
import { probeSentence } from "./probe-sentence.ts";

const text = (empty: string, most: number) => z.string().trim().min(1, empty).max(most, "That is too long.");

const connection = z.object({
  name: text("Give it a name.", 80),
  issuer: text("Enter the issuer.", 255),
  clientId: text("Enter the client ID.", 255),
  clientSecret: z.string().trim().max(500, "That is too long.").default(""),
  groupsClaim: text("Enter the claim.", 200),
  rolesMode: z.enum(["add", "replace"]),
  trustsAddresses: z.string().optional(),
  what: z.enum(["save", "test"]).catch("save"),
});

type SaveReason = "secret_needed" | "above_you" | "would_break" | "changed_meanwhile";

export const submitConnection = formAction(
  connection,
  async ({ what, clientSecret, trustsAddresses, ...rest }, actor): Promise<Outcome<SaveReason>> => {
    const secret = clientSecret === "" ? null : clientSecret;
    const typed = { ...rest, secret, trustsAddresses: trustsAddresses !== undefined };
    return save(actor, typed, { test: what === "test" });
  },
  {
    secret_needed:
      "The issuer is another one now. Enter its client secret: the one that is kept never goes to it.",
    above_you:
      "Whoever names the identity provider, or the claim for groups, can sign in as anybody. Only somebody with every privilege may.",
    would_break: "Nothing was changed.",
    changed_meanwhile: "Somebody else has changed these settings meanwhile. Open the page again and look.",
  },
);

async function save(
  actor: UserActor,
  typed: ConnectionSettings,
  { test }: { test: boolean },
): Promise<Outcome<SaveReason>> {
  const saved = await saveConnection(actor, network(), typed, { test });
  if (!saved.ok && saved.reason === "would_break")
    return {
      ...saved,
      sentence: `The test failed, and nothing was changed, for people sign in through it. ${probeSentence(saved.fault)}`,
    };
  if (!saved.ok) return saved;
  const message = saved.fault
    ? `Saved, but the test failed. ${probeSentence(saved.fault)}`
    : test
      ? "The test passed: the provider answers, is who it should be, and its keys are readable."
      : "Saved.";
  return { ok: true, to: here(actor), flash: { tone: saved.fault ? "error" : "success", message } };
}

export const switchSignIn = formAction(
  z.object({ on: z.enum(["yes", "no"]) }),
  async ({ on }, actor) => {
    const switched = await switchConnection(actor, on === "yes");
    if (!switched.ok) return switched;
    const ended = `Single sign-on is switched off. ${switched.ended} ${switched.ended === 1 ? "session" : "sessions"} ended.`;
    const message = on === "yes" ? "Single sign-on is switched on." : ended;
    return { ok: true, to: here(actor), flash: { tone: "success", message } };
  },
  {
    no_connection: "There is nothing to switch on yet. Save the settings first.",
    untested: "These settings have not passed a test yet. Press Test Connection first.",
  },
);

export const removeSignIn = formAction(
  z.object({}),
  async (_, actor) => {
    const removed = await removeConnection(actor);
    if (!removed.ok) return removed;
    return { ok: true, to: here(actor), flash: { tone: "success", message: "The connection is removed." } };
  },
  { above_you: "It gives roles that may do more than you may. Ask somebody with every privilege." },
);

const rule = z.object({ group: text("Enter the group.", 200), role: z.uuid("Choose a role.") });

export const addRule = formAction(
  rule,
  async ({ group, role }, actor) => {
    const added = await addRoleRule(actor, { group, roleId: role });
    if (!added.ok) return added;
    return { ok: true, to: here(actor), flash: { tone: "success", message: "The rule is added." } };
  },
  {
    no_connection: "Save the connection first.",
    no_role: "That role is gone. Choose another.",
    owner: "No group gives Owner. Owners give it on the page Admins.",
    above_you: "That role may do more than you may. Ask somebody who holds it.",
  },
);

export const removeRule = formAction(
  rule,
  async ({ group, role }, actor) => {
    const removed = await removeRoleRule(actor, { group, roleId: role });
    if (!removed.ok) return removed;
    return { ok: true, to: here(actor), flash: { tone: "success", message: "The rule is removed." } };
  },
  { above_you: "That role may do more than you may. Ask somebody who holds it." },
);

const here = (actor: UserActor) => `/a/${actor.accountSlug}/settings/sign-in`;
