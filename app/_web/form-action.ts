import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { z } from "zod";
import { baseUrl } from "#app/_web/base-url.ts";
import { currentActor } from "#app/_web/current-actor.ts";
import { type Flash, setFlash } from "#app/_web/flash.ts";
import type { FormState } from "#app/_web/form-state.ts";
import { isSameOrigin } from "#app/_web/is-same-origin.ts";
import { accountSlugOf, requestPath } from "#app/_web/request-path.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { NotAllowed } from "#lib/authorization/authorize.ts";

/** Where to go and what to say there, or a reason out of the closed list that `refusals` puts in words. */
export type Outcome<Reason extends string> =
  | { ok: true; to: string; flash?: Omit<Flash, "path"> }
  /** Stays where it is: `values` is what the form holds from now on, `sentence` what is said above it. */
  | { ok: true; values: Record<string, string>; sentence?: string }
  /**
   * `errors`: what is wrong with single fields besides; `sentence`: said where the one for the reason is not enough;
   * `values`: what stands in the form from now on in the place of what was sent.
   */
  | {
      ok: false;
      reason: Reason;
      errors?: Record<string, string>;
      sentence?: string;
      values?: Record<string, string>;
    };
type Refusals<Reason extends string> = Record<Reason, string>;
type FormAction = (state: FormState, form: FormData) => Promise<FormState>;

/** A form of the console: same origin, signed in to the account in the address, fields checked, then one operation. */
export function formAction<Schema extends z.ZodType, Reason extends string = never>(
  schema: Schema,
  operate: (input: z.output<Schema>, actor: UserActor) => Promise<Outcome<Reason>>,
  refusals: Refusals<Reason>,
): FormAction {
  return async (_state, form) => {
    await refuseForeignOrigin();
    const slug = accountSlugOf(await requestPath());
    if (!slug) throw new Error("A console form was sent to an address that names no account");
    // People without a role have forms too, on their own page; each operation asks for what it takes.
    const actor = await currentActor(slug, "own_page.view");
    return answer(schema, form, (input) => operate(input, actor), refusals);
  };
}

/** The visible opt-out of being signed in: sign-in itself, and what a browser keeps for itself. */
export function publicFormAction<Schema extends z.ZodType, Reason extends string = never>(
  schema: Schema,
  operate: (input: z.output<Schema>) => Promise<Outcome<Reason>>,
  refusals: Refusals<Reason>,
): FormAction {
  return async (_state, form) => {
    await refuseForeignOrigin();
    return answer(schema, form, operate, refusals);
  };
}

/** Next lets a missing Origin through, and a foreign one whose Host agrees with it; any page accepts any action's id. */
async function refuseForeignOrigin(): Promise<void> {
  if (!isSameOrigin(await headers(), baseUrl())) throw new Error("A form was sent from a foreign origin");
}

async function answer<Schema extends z.ZodType, Reason extends string>(
  schema: Schema,
  form: FormData,
  operate: (input: z.output<Schema>) => Promise<Outcome<Reason>>,
  refusals: Refusals<Reason>,
): Promise<FormState> {
  const values = textValues(form);
  const parsed = schema.safeParse(values);
  // What goes back to the browser as typed; a secret is typed again.
  for (const name of Object.keys(values)) if (/secret|password/i.test(name)) delete values[name];
  if (!parsed.success) return { message: null, errors: fieldErrors(parsed.error), values };
  // Postgres stores no NUL (22021); a form that a person fills cannot hold one.
  const unstorable = Object.keys(values).filter((name) => values[name]?.includes("\0"));
  if (unstorable.length > 0)
    return { message: null, errors: Object.fromEntries(unstorable.map((name) => [name, noNul])), values };
  const outcome = await operate(parsed.data).catch(notAllowed);
  if (outcome === null) return { message: notAllowedSentence, errors: {}, values };
  if (!outcome.ok) {
    const message = outcome.sentence ?? refusals[outcome.reason];
    return { message, errors: outcome.errors ?? {}, values: { ...values, ...outcome.values } };
  }
  if ("values" in outcome)
    return { message: outcome.sentence ?? null, tone: "success", errors: {}, values: outcome.values };
  if (outcome.flash) await setFlash({ ...outcome.flash, path: outcome.to.split("?")[0] ?? outcome.to });
  redirect(outcome.to);
}

const noNul = "This holds a character that cannot be stored. Delete it and type it again.";

const notAllowedSentence = "You are not allowed to do this. Ask an owner of the account.";

function notAllowed(error: unknown): null {
  if (error instanceof NotAllowed) return null;
  throw error;
}

function textValues(form: FormData): Record<string, string> {
  const entries = [...form].filter(
    ([name, value]) => typeof value === "string" && !name.startsWith("$ACTION"),
  );
  return Object.fromEntries(entries) as Record<string, string>;
}

function fieldErrors(error: z.ZodError): Record<string, string> {
  const first = [...error.issues].reverse();
  return Object.fromEntries(first.map((issue) => [String(issue.path[0] ?? ""), issue.message]));
}
