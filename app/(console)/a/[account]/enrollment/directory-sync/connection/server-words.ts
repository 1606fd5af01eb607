import type { Tried } from "#lib/directory/test-connection.ts";

type Passed = Extract<Tried, { ok: true }>;

export const serverWords: Record<Passed["server"]["kind"], string> = {
  active_directory: "Active Directory",
  openldap: "OpenLDAP",
  "389ds": "389 Directory Server",
  other: "An LDAP server",
};

/** At which step a test failed. */
export const stepWords: Record<Extract<Tried, { ok: false }>["step"], string> = {
  connect: "Connecting",
  tls: "Encrypting",
  start_tls: "Encrypting (StartTLS)",
  bind: "Signing in",
  search: "Reading",
};
