import type { SsoReason } from "#lib/sign-in/sso-reasons.ts";

const owners = "Owners can sign in with a link: enter your address and press Send the link.";

/** What is told to whom a single sign-on led nowhere; never a word of the provider's. */
export const ssoSentence: Record<SsoReason, string> = {
  not_connected: "This way of signing in is switched off. Enter your address to begin again.",
  unavailable: `Your company's sign-in does not answer at the moment. Try again in a while. ${owners}`,
  cancelled: "You did not sign in there, so nothing was done. Enter your address to begin again.",
  not_proven: `Your company's sign-in gave no valid proof of who you are. Try once more. ${owners}`,
  no_address: `Your company's sign-in did not say your e-mail address, so we do not know who you are here. ${owners}`,
  address_not_confirmed: `Your company's sign-in has not confirmed your e-mail address. Ask its administrators to. ${owners}`,
  foreign_domain: "Your e-mail address is not of a domain that your company's sign-in speaks for here.",
  unknown_person: "Nobody with your e-mail address has been invited here. Ask an admin of the account.",
  suspended: "You are suspended here. Ask an admin of the account.",
  other_identity: `Somebody else of your company's sign-in is known here by your e-mail address. Ask an admin of the account. ${owners}`,
  owner_not_trusted: `An owner has not yet confirmed this sign-in, and until then it does not sign owners in. ${owners}`,
};
