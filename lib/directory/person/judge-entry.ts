import { type AddressFault, addressFault } from "#lib/users/address-fault.ts";
import { cleanValue } from "#lib/users/clean-value.ts";
import { readLanguage } from "#lib/users/language.ts";
import { type ProfileField, profileFields } from "#lib/users/profile-fields.ts";
import { valueFault } from "#lib/users/value-fault.ts";
import { dnKey, MalformedDn } from "../dn-key.ts";
import type { DirectoryEntry } from "../ldap/entry.ts";
import { entryId } from "../ldap/entry-id.ts";
import type { ProbedServer, ServerKind } from "../ldap/probe-server.ts";
import type { UserSettings } from "../settings.ts";
import { mappingOf } from "./default-mapping.ts";
import { type Disabled, isDisabled } from "./is-disabled.ts";
import { matchesRule } from "./rule.ts";
import { firstText, textsOf } from "./text-of.ts";

/** An entry of the directory, as the account would have it. */
export type DirectoryPerson = {
  externalId: string;
  dn: string;
  dnKey: string;
  email: string | null;
  /** Other addresses of the same attribute: its values have no order (RFC 4512 2.2), and the first may be another one tomorrow. */
  aliases: string[];
  /** Why there is no address, where it is not simply missing. */
  emailProblem: string | null;
  emailFault: AddressFault["code"] | null;
  /** Those that are mapped; null: empty in the directory. */
  fields: Partial<Record<ProfileField, string | null>>;
  disabled: Disabled;
  /** The first exclusion rule that means the person, counted from 0. */
  excludedBy: number | null;
  /** Values that cannot be taken over, each as a sentence. */
  problems: string[];
  /** The same for all that the account would have alike; not a hash yet. */
  content: string;
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
  const { email, aliases, written, emailProblem, emailFault } = addressOf(entry, judging);
  const { fields, problems } = fieldsOf(entry, judging);
  const disabled = isDisabled(entry, judging);
  // Rules go by what is written there, also where it cannot be taken over: guests are told by their foreign domain.
  const described = { dn: entry.dn, email: written, fields };
  const excludedBy = judging.users.exclusions.findIndex((rule) => matchesRule(rule, described));
  const key = keyOf(entry.dn, problems);
  return {
    externalId,
    dn: entry.dn,
    dnKey: key,
    email,
    aliases,
    emailProblem,
    emailFault,
    fields,
    disabled,
    excludedBy: excludedBy < 0 ? null : excludedBy,
    problems,
    content: contentOf(
      [externalId, key, addressesOf(email, aliases), emailProblem, disabled, String(excludedBy), ...problems],
      fields,
    ),
  };
}

/** The first address that can be taken over; else why the first of all cannot. `written`: that one, or as it stands there. */
function addressOf(entry: DirectoryEntry, { kind, users, domains }: Judging): Address {
  let refused: Address | null = null;
  for (const name of mappingOf(kind, users).email ?? []) {
    const valid: string[] = [];
    for (const value of textsOf(entry, name).map(cleanValue)) {
      const fault = addressFault(value, domains);
      if (!fault) valid.push(value);
      else refused ??= { ...none, written: value, emailProblem: fault.text, emailFault: fault.code };
    }
    const [email, ...aliases] = valid;
    if (email !== undefined) return { ...none, email, aliases, written: email };
  }
  return refused ?? none;
}

type Address = Pick<DirectoryPerson, "email" | "aliases" | "emailProblem" | "emailFault"> & {
  written: string | null;
};
const none: Address = { email: null, aliases: [], written: null, emailProblem: null, emailFault: null };

/** The same whatever the order. */
const addressesOf = (email: string | null, aliases: string[]): string | null =>
  aliases.length === 0 || email === null ? email : [email, ...aliases].sort().join(" ");

/** A name that no rule of names allows is taken as it is written: one odd entry must not end a whole sync. */
function keyOf(dn: string, problems: string[]): string {
  try {
    return dnKey(dn);
  } catch (error) {
    if (!(error instanceof MalformedDn)) throw error;
    problems.push(`Its name in the directory is not written as names are: ${error.message}.`);
    return dn.toLowerCase();
  }
}

function fieldsOf(entry: DirectoryEntry, { kind, users }: Judging) {
  const mapping = mappingOf(kind, users);
  const fields: DirectoryPerson["fields"] = {};
  const problems: string[] = [];
  for (const field of profileFields) {
    const names = mapping[field];
    if (!names) continue;
    const value = readAs(field, cleanValue(firstText(entry, names) ?? ""));
    const fault = value === "" ? null : valueFault(value, field);
    if (fault) problems.push(`${labelOf(field)}: ${fault}`);
    // What cannot be taken over is left as it is here.
    else fields[field] = value === "" ? null : value;
  }
  return { fields, problems };
}

/** Languages are kept by the code that mails go by; one of no mails is told of. */
const readAs = (field: ProfileField, value: string): string =>
  field === "language" ? (readLanguage(value) ?? value) : value;

const labelOf = (field: ProfileField): string => {
  const words = field.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

function contentOf(parts: (string | null)[], fields: DirectoryPerson["fields"]): string {
  let text = parts.join("\u0001");
  for (const field of profileFields) {
    const value = fields[field];
    text += value === undefined ? "\u0001" : value === null ? "\u0001\u0003" : `\u0001\u0002${value}`;
  }
  return text;
}
