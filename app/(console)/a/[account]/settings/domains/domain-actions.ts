"use server";
import { z } from "zod";
import { formAction } from "#app/_web/form-action.ts";
import { settings } from "#app/_web/settings.ts";
import { addDomain } from "#lib/accounts/add-domain.ts";
import { removeDomain } from "#lib/accounts/remove-domain.ts";
import { verifyDomain } from "#lib/accounts/verify-domain.ts";
import type { UserActor } from "#lib/authorization/actor.ts";

const domains = (actor: UserActor) => `/a/${actor.accountSlug}/settings/domains`;
const done = (message: string) => ({ tone: "success" as const, message });
const domain = z.string().max(300);
const gone = "This domain is not on the list any more.";

export const add = formAction(
  z.object({
    domain: z.string().trim().min(1, "Enter a domain.").max(300, "That is too long for a domain."),
  }),
  async (wish, actor) => {
    const added = await addDomain(actor, wish.domain);
    if (!added.ok) return added;
    const message = `${added.domain} is added. Publish its TXT record, then press Verify.`;
    return { ok: true, to: domains(actor), flash: done(message) };
  },
  {
    not_a_domain: "That is not a domain. It looks like acme.com; without https:// and without a path.",
    there_already: "This domain is on the list already.",
    too_many: "An account has 100 domains at most.",
  },
);

export const verify = formAction(
  z.object({ domain }),
  async (wish, actor) => {
    const { ROLLCALL_TOKEN_KEY: tokenKey, ROLLCALL_DNS_SERVERS: dnsServers } = settings();
    const verified = await verifyDomain(actor, wish.domain, { tokenKey, dnsServers });
    if (!verified.ok) return verified;
    return { ok: true, to: domains(actor), flash: done(`${verified.domain} is verified.`) };
  },
  {
    no_record: "There is no TXT record of this name yet. A new record may take up to an hour to be seen.",
    other_value: "There is a TXT record of this name, but it has another value. Copy the value again.",
    no_answer: "The name servers of this domain gave no answer. Try again in a few minutes.",
    no_such_domain: gone,
    taken: "This domain cannot be verified here. If it is yours, ask whoever runs this installation.",
  },
);

export const remove = formAction(
  z.object({ domain }),
  async (wish, actor) => {
    const removed = await removeDomain(actor, wish.domain);
    if (!removed.ok) return removed;
    return { ok: true, to: domains(actor), flash: done(`${wish.domain} is removed.`) };
  },
  { no_such_domain: gone },
);
