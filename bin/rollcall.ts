import { addOwner } from "#lib/accounts/add-owner.ts";
import { createAccount } from "#lib/accounts/create-account.ts";
import { findAccountId } from "#lib/accounts/find-account-id.ts";
import { accountLess } from "#lib/db/account-less.ts";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { readSettings, SettingsError } from "#lib/env/settings.ts";
import { mintSignInLink } from "#lib/sign-in/mint-sign-in-link.ts";
import { readEmailAddress } from "#lib/users/email-address.ts";

const usage = `The operator's tool.

  npm run rollcall -- create-account SLUG "NAME" DOMAIN [DOMAIN …]   slug: 3 to 40 of a-z 0-9 -
  npm run rollcall -- add-owner SLUG ADDRESS ["FIRST NAME" "LAST NAME"]
  npm run rollcall -- sign-in-link SLUG ADDRESS                        a single-use link, good for 24 hours`;

class Refused extends Error {}

const commands: Record<
  string,
  (args: string[], settings: ReturnType<typeof operatorSettings>) => Promise<string>
> = {
  "create-account": async ([slug = "", name = "", ...domains]) => {
    if (!/^[a-z0-9-]{3,40}$/.test(slug) || !name || domains.length === 0) throw new Refused(usage);
    if (await findAccountId(slug)) throw new Refused(`There is an account ${slug} already.`);
    await createAccount({ slug, name, domains });
    return `Account ${slug} is made, for addresses at ${domains.join(", ")}. Next: npm run rollcall -- add-owner ${slug} ADDRESS`;
  },
  "add-owner": async ([slug = "", text = "", firstName, lastName], settings) => {
    const accountId = await knownAccount(slug);
    const owner = {
      email: knownAddress(text),
      ...(firstName ? { firstName } : {}),
      ...(lastName ? { lastName } : {}),
    };
    const userId = await addOwner(accountId, owner);
    return `${owner.email} is an owner of ${slug}. Sign in within 24 hours: ${await link(settings, { accountId, userId })}`;
  },
  "sign-in-link": async ([slug = "", text = ""], settings) => {
    const accountId = await knownAccount(slug);
    const candidates = await accountLess.signInCandidates(knownAddress(text));
    const known = candidates.find((candidate) => candidate.account_id === accountId);
    if (!known) throw new Refused(`${text} is no active admin of ${slug}. Add an owner with add-owner.`);
    return link(settings, { accountId, userId: known.user_id });
  },
};

const operatorSettings = () => readSettings("operator", process.env);

async function link(
  settings: ReturnType<typeof operatorSettings>,
  scope: { accountId: string; userId: string },
) {
  return `${settings.ROLLCALL_BASE_URL}${await mintSignInLink(settings.ROLLCALL_TOKEN_KEY, scope)}`;
}

async function knownAccount(slug: string): Promise<string> {
  const accountId = await findAccountId(slug);
  if (!accountId) throw new Refused(`There is no account ${slug}. Make it with create-account.`);
  return accountId;
}

function knownAddress(text: string): string {
  const read = readEmailAddress(text);
  if (!read.ok) throw new Refused(`${text} is not an e-mail address.`);
  return read.address;
}

try {
  const [name = "", ...args] = process.argv.slice(2);
  const command = commands[name];
  if (!command) throw new Refused(usage);
  const settings = operatorSettings();
  openDatabase(settings.DATABASE_OWNER_URL, { max: 1, applicationName: "rollcall operator" });
  console.log(await command(args, settings));
} catch (error) {
  if (!(error instanceof Refused || error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
