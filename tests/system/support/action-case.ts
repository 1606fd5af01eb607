import type { Stocked } from "./stocked-account.ts";

/**
 * `fields` names the victim's rows. `changes`: sent by its owner this changes the account, so that the attack is known to
 * reach so far. `open`: whoever is signed in, or anybody, may do it for themselves.
 */
export type Case = {
  fields: (victim: Stocked) => Record<string, string>;
  changes?: boolean;
  /** Anybody of the account may do it for themselves. */
  self?: boolean;
  open?: boolean;
};
