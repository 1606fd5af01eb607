import { createAccount } from "#lib/accounts/create-account.ts";
import { findAccountId } from "#lib/accounts/find-account-id.ts";
import { listAccounts } from "#lib/accounts/list-accounts.ts";
import { restoreAccount } from "#lib/accounts/restore-account.ts";
import { suspendAccount } from "#lib/accounts/suspend-account.ts";
import { verifyDomainByOperator } from "#lib/accounts/verify-domain-by-operator.ts";
import { type Command, columns, knownAccount, noMore, Refused, WrongUsage } from "./command.ts";

const taken = (domain: string) => `The domain ${domain} is verified in another account already.`;

export const accountCommands: Record<string, Command> = {
  "create-account": {
    takes: 'SLUG "NAME" DOMAIN [DOMAIN …]',
    about: "an account; slug: 3 to 40 of a-z 0-9 -",
    run: async ([slug = "", name = "", ...domains]) => {
      if (!name.trim() || domains.length === 0) throw new WrongUsage();
      if (!/^[a-z0-9-]{3,40}$/.test(slug))
        throw new Refused(`${slug} is no slug: 3 to 40 of a-z, 0-9 and - are one.`);
      if (await findAccountId(slug)) throw new Refused(`There is an account ${slug} already.`);
      const made = await createAccount({ slug, name, domains });
      if (!made.ok && made.reason === "not_a_domain") throw new Refused(`${made.domain} is no domain.`);
      if (!made.ok) throw new Refused(`One of these domains is verified in another account already.`);
      return `Account ${slug} is made, for addresses at ${domains.join(", ")}. Next: npm run rollcall -- add-owner ${slug} ADDRESS`;
    },
  },
  "list-accounts": {
    takes: "",
    about: "every account with its domains, owners, seats and billing",
    run: async (args) => {
      noMore(args);
      const accounts = await listAccounts();
      if (accounts.length === 0) return "There is no account yet.";
      const head = ["SLUG", "NAME", "STATE", "OWNERS", "SEATS", "BILLING", "DOMAINS"];
      const rows = accounts.map((each) => [
        each.slug,
        each.name,
        each.suspended ? "suspended" : "open",
        String(each.owners),
        each.seatLimit === null ? "no limit" : String(each.seatLimit),
        each.billing,
        each.domains.join(" ") || "-",
      ]);
      return columns([head, ...rows]);
    },
  },
  "verify-domain": {
    takes: "SLUG DOMAIN",
    about: "take a domain as the account's own without a DNS record",
    run: async ([slug, domain, ...rest]) => {
      const accountId = await knownAccount(slug);
      if (!domain) throw new WrongUsage();
      noMore(rest);
      const verified = await verifyDomainByOperator(accountId, domain);
      if (verified.ok) return `${verified.domain} is verified for ${slug}.`;
      if (verified.reason === "verified_already") return `${domain} was verified for ${slug} already.`;
      throw new Refused(verified.reason === "taken" ? taken(domain) : `${domain} is no domain.`);
    },
  },
  "suspend-account": {
    takes: "SLUG",
    about: "sign everybody out; runs and mails wait",
    run: async ([slug, ...rest]) => {
      const accountId = await knownAccount(slug);
      noMore(rest);
      const done = await suspendAccount(accountId);
      if (!done.ok) throw new Refused(`${slug} is suspended already.`);
      return `${slug} is suspended. Sessions ended: ${done.sessions}. Waiting until it is restored: ${done.runs} runs, ${done.mails} mails.`;
    },
  },
  "restore-account": {
    takes: "SLUG",
    about: "let people in again; runs go on, mails are sent",
    run: async ([slug, ...rest]) => {
      const accountId = await knownAccount(slug);
      noMore(rest);
      const done = await restoreAccount(accountId);
      if (!done.ok) throw new Refused(`${slug} is not suspended.`);
      return `${slug} is open again. Going on: ${done.runs} runs, ${done.mails} mails.`;
    },
  },
};
