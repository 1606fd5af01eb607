import { hash } from "node:crypto";
import { addressFault } from "#lib/users/address-fault.ts";
import { cleanValue } from "#lib/users/clean-value.ts";
import { type ProfileField, profileFields } from "#lib/users/profile-fields.ts";
import { valueFault } from "#lib/users/value-fault.ts";
import { dnKey } from "../dn-key.ts";
import type { DirectoryEntry } from "../ldap/entry.ts";
import { entryId } from "../ldap/entry-id.ts";
import type { ProbedServer, ServerKind } from "../ldap/probe-server.ts";
import type { UserSettings } from "../settings.ts";
import { mappingOf } from "./default-mapping.ts";
import { type Disabled, isDisabled } from "./is-disabled.ts";
import { matchesRule } from "./rule.ts";

/** An entry of the directory, as the account would have it. */
export type DirectoryPerson = {
  externalId: string;
  dn: string;
  dnKey: string;
  email: string | null;
  /** Why there is no address, where it is not simply missing. */
  emailProblem: string | null;
  /** Those that are mapped; null: empty in the directory. */
  fields: Partial<Record<ProfileField, string | null>>;
  disabled: Disabled;
  /** The first exclusion rule that means the person, counted from 0. */
  excludedBy: number | null;
  /** Values that cannot be taken over, each as a sentence. */
  problems: string[];
  /** The same for all that the account would have alike. */
  hash: string;
};

/** `domains`: those in which the account may have people. */
export type Judging = {
  kind: ServerKind;
  idAttribute: ProbedServer["idAttribute"];
  users: UserSettings;
  domains: ReadonlySet<string>;
  now: Date;
};

/** Entry in, person out; null where the reader may not see the entry's id. Pure. */
export function judgeEntry(entry: DirectoryEntry, judging: Judging): DirectoryPerson | null {
  const externalId = entryId(entry, judging.idAttribute);
  if (externalId === null) return null;
  const { email, emailProblem } = addressOf(entry, judging);
  const { fields, problems } = fieldsOf(entry, judging);
  const disabled = isDisabled(entry, judging);
  const described = { dn: entry.dn, email, fields };
  const excludedBy = judging.users.exclusions.findIndex((rule) => matchesRule(rule, described));
  const key = dnKey(entry.dn);
  return {
    externalId,
    ...described,
    dnKey: key,
    emailProblem,
    disabled,
    excludedBy: excludedBy < 0 ? null : excludedBy,
    problems,
    hash: hashOf([key, email, emailProblem, disabled, String(excludedBy), ...problems], fields),
  };
}

function addressOf(entry: DirectoryEntry, { kind, users, domains }: Judging) {
  const names = mappingOf(kind, users).email ?? [];
  const value = cleanValue(first(entry, names) ?? primaryProxy(entry) ?? "");
  if (value === "") return { email: null, emailProblem: null };
  const fault = addressFault(value, domains);
  return fault ? { email: null, emailProblem: fault.text } : { email: value, emailProblem: null };
}

/** Exchange marks the primary one by capitals; the others are aliases, or no mail addresses. */
const primaryProxy = (entry: DirectoryEntry): string | null =>
  entry
    .texts("proxyAddresses")
    .find((address) => address.startsWith("SMTP:"))
    ?.slice(5) ?? null;

function fieldsOf(entry: DirectoryEntry, { kind, users }: Judging) {
  const mapping = mappingOf(kind, users);
  const fields: DirectoryPerson["fields"] = {};
  const problems: string[] = [];
  for (const field of profileFields) {
    const names = mapping[field];
    if (!names) continue;
    const value = cleanValue(first(entry, names) ?? "");
    const fault = value === "" ? null : valueFault(value, field);
    if (fault) problems.push(`${labelOf(field)}: ${fault}`);
    // What cannot be taken over is left as it is here.
    else fields[field] = value === "" ? null : value;
  }
  return { fields, problems };
}

const first = (entry: DirectoryEntry, names: readonly string[]): string | null => {
  for (const name of names) {
    const value = entry.text(name);
    if (value !== null && value.trim() !== "") return value;
  }
  return null;
};

const labelOf = (field: ProfileField): string => {
  const words = field.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const hashOf = (parts: (string | null)[], fields: DirectoryPerson["fields"]): string =>
  hash(
    "md5",
    `${parts.join("\u0001")}\u0002${profileFields.map((field) => (field in fields ? (fields[field] ?? "\u0003") : "")).join("\u0001")}`,
  );
