/** Why a single sign-on led nowhere: a closed list, so that nothing a provider says reaches a page. */
export const ssoReasons = [
  "not_connected",
  "unavailable",
  "cancelled",
  "not_proven",
  "no_address",
  "address_not_confirmed",
  "foreign_domain",
  "unknown_person",
  "suspended",
  "other_identity",
  "owner_not_trusted",
] as const;

export type SsoReason = (typeof ssoReasons)[number];
