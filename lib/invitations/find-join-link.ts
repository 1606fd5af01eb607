import { accountLess } from "#lib/db/account-less.ts";
import { askAccount } from "./link/ask-account.ts";
import { buttonValue } from "./link/button-value.ts";
import { type Channel, readInvitation } from "./link/read-invitation.ts";

export type OpenJoinLink = {
  isOpen: true;
  channel: Channel;
  accountName: string;
  inviterName: string | null;
  email: string;
  firstName: string | null;
  lastName: string | null;
  /** Joining goes through the account's own sign-in. */
  connectionId: string | null;
  /** What the button sends along. */
  press: string;
};

/** Wrong, used, over, revoked or replaced. `joined`: who joined by it, for nobody's eyes but theirs. */
export type DeadLink = { isOpen: false; joined: { userId: string; accountSlug: string } | null };

/** What a link to join stands for. Changes nothing: mail scanners open links. */
export function findJoinLink(tokenKey: string, token: string): Promise<OpenJoinLink | DeadLink> {
  return askAccount(token, accountLess.invitationAccount, async (tx, id) => {
    const found = await readInvitation(tx, tokenKey, token, id);
    if (!found?.isOpen) return { isOpen: false, joined: found?.isAccepted ? found : null };
    return { ...found, isOpen: true, press: buttonValue(tokenKey, "join", token) };
  });
}
