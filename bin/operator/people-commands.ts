import { addOwner } from "#lib/accounts/add-owner.ts";
import { accountLess } from "#lib/db/account-less.ts";
import type { Settings } from "#lib/env/settings.ts";
import { mintSignInLink } from "#lib/sign-in/mint-sign-in-link.ts";
import { type Command, knownAccount, knownAddress, noMore, Refused } from "./command.ts";

async function link(
  settings: Settings<"operator">,
  scope: { accountId: string; userId: string },
): Promise<string> {
  return `${settings.ROLLCALL_BASE_URL}${await mintSignInLink(settings.ROLLCALL_TOKEN_KEY, scope)}`;
}

export const peopleCommands: Record<string, Command> = {
  "add-owner": {
    takes: 'SLUG ADDRESS ["FIRST NAME" "LAST NAME"]',
    about: "make somebody an owner, known before or not",
    run: async ([slug, text, firstName, lastName, ...rest], settings) => {
      const accountId = await knownAccount(slug);
      const email = knownAddress(text);
      noMore(rest);
      const named = { ...(firstName ? { firstName } : {}), ...(lastName ? { lastName } : {}) };
      const userId = await addOwner(accountId, { email, ...named });
      return `${email} is an owner of ${slug}. Sign in within 24 hours: ${await link(settings, { accountId, userId })}`;
    },
  },
  "sign-in-link": {
    takes: "SLUG ADDRESS",
    about: "a single-use link, good for 24 hours",
    run: async ([slug, text, ...rest], settings) => {
      const accountId = await knownAccount(slug);
      const email = knownAddress(text);
      noMore(rest);
      const known = (await accountLess.signInCandidates(email)).find((each) => each.account_id === accountId);
      if (!known)
        throw new Refused(
          `${email} cannot sign in to ${slug} by a link: unknown, suspended, or to sign in through single sign-on.`,
        );
      return link(settings, { accountId, userId: known.user_id });
    },
  },
};
