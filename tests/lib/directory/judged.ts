import type { ServerKind } from "#lib/directory/ldap/probe-server.ts";
import { judgeEntry } from "#lib/directory/person/judge-entry.ts";
import { firstSettings, type UserSettings } from "#lib/directory/settings.ts";
import { type EntryValues, entryOf } from "#tests/support/ldap/entry-of.ts";

export const dn = "uid=ada,ou=Sales,dc=acme,dc=test";
export const id = "0b4a0c9e-0000-4000-8000-000000000001";
const now = new Date("2026-06-01T00:00:00Z");
const domains = new Set(["acme.test", "acme.example"]);

export type Told = { kind?: ServerKind; users?: Partial<UserSettings>; dn?: string };

/** Of an account with two domains, at the first of June 2026. */
export function judge(values: EntryValues, { kind = "openldap", users, dn: name = dn }: Told = {}) {
  const isAd = kind === "active_directory";
  const ids: EntryValues = isAd ? { objectGUID: Buffer.alloc(16, 7) } : { entryUUID: id.toUpperCase() };
  const person = judgeEntry(entryOf(name, { ...ids, ...values }), {
    kind,
    idAttribute: isAd ? "objectGUID" : "entryUUID",
    users: { ...firstSettings.users, ...users },
    domains,
    now,
  });
  if (!person) throw new Error("the entry has no id");
  return person;
}

export function custom(attributes: UserSettings["attributes"]): Told {
  return { users: { mapping: "custom", attributes } };
}
