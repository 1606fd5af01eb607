import { randomBytes } from "node:crypto";
import { addOwner } from "#lib/accounts/add-owner.ts";
import { createAccount } from "#lib/accounts/create-account.ts";
import { mintSignInLink } from "#lib/sign-in/mint-sign-in-link.ts";

export type TestAccount = {
  id: string;
  slug: string;
  name: string;
  domain: string;
  owner: { id: string; email: string };
  /** Path of a single-use sign-in link of the owner. */
  signInPath: () => Promise<string>;
};

/** A fresh account with one owner. The process must have opened the database as its owner (`openDatabase(ownerUrl)`). */
export async function makeAccount(
  tokenKey: string,
  wish: { slug?: string; name?: string } = {},
): Promise<TestAccount> {
  const slug = wish.slug ?? `acct-${randomBytes(5).toString("hex")}`;
  const name = wish.name ?? "Acme Works";
  const domain = `${slug}.test`;
  const made = await createAccount({ slug, name, domains: [domain] });
  if (!made.ok) throw new Error(`no account was made: ${made.reason}`);
  const id = made.accountId;
  const email = `ada.owner@${domain}`;
  const userId = await addOwner(id, { email, firstName: "Ada", lastName: "Owner" });
  const signInPath = () => mintSignInLink(tokenKey, { accountId: id, userId });
  return { id, slug, name, domain, owner: { id: userId, email }, signInPath };
}
