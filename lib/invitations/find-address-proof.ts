import { accountLess } from "#lib/db/account-less.ts";
import type { DeadLink } from "./find-join-link.ts";
import { askAccount } from "./link/ask-account.ts";
import { buttonValue } from "./link/button-value.ts";
import { readProof } from "./link/read-proof.ts";

export type OpenAddressProof = {
  isOpen: true;
  accountName: string;
  email: string;
  userName: string;
  connectionId: string | null;
  press: string;
};

/** What the link of a mail that asks an address stands for. Changes nothing: mail scanners open links. */
export function findAddressProof(tokenKey: string, token: string): Promise<OpenAddressProof | DeadLink> {
  return askAccount(token, accountLess.addressProofAccount, async (tx, id) => {
    const found = await readProof(tx, tokenKey, token, id);
    if (!found?.isOpen) return { isOpen: false, joined: found?.isUsed ? found : null };
    return { ...found, isOpen: true, press: buttonValue(tokenKey, "verify", token) };
  });
}
