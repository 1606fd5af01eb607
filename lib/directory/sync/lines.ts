import { hash } from "node:crypto";
import type { StagedBatch } from "#lib/runs/run-kind.ts";
import { type ProfileField, profileFields } from "#lib/users/profile-fields.ts";
import type { DirectoryPerson } from "../person/judge-entry.ts";
import { ruleWords } from "../person/rule-words.ts";
import type { Rule } from "../settings.ts";

/** What is asked of a line: bring the person, or why not. */
export type Asked = "present" | "disabled" | "excluded" | "protected" | "gone";

export type Met = {
  externalId: string;
  dn: string;
  dnKey: string;
  email: string | null;
  /** Its other addresses, with blanks between them. */
  aliases: string | null;
  unit: string | null;
  asked: Asked;
  fields: DirectoryPerson["fields"];
  /** What is said of the line, where there is something to say. */
  told: string | null;
  hash: string;
  /** What is odd about the entry, joined by commas. */
  marks: string | null;
  /** When the directory changed the entry, as it says. */
  stamp: string | null;
};

type Place = Pick<Met, "unit" | "stamp"> & {
  /** Whether the server says if the account is disabled. */
  isStated: boolean;
  isProtected: boolean;
  exclusions: readonly Rule[];
};

export const disabledWords = {
  account: "Disabled in the directory.",
  expired: "The account has expired in the directory.",
  attribute: "Marked as disabled in the directory.",
} as const;

export function lineOf(
  person: DirectoryPerson,
  { unit, isProtected, stamp, isStated, exclusions }: Place,
): Met {
  const { externalId, dn, dnKey, email, aliases, fields, disabled, excludedBy } = person;
  const asked =
    excludedBy !== null ? "excluded" : isProtected ? "protected" : disabled ? "disabled" : "present";
  const told =
    excludedBy !== null
      ? leftOutBy(excludedBy, exclusions)
      : disabled
        ? disabledWords[disabled]
        : [person.emailProblem, ...person.problems].filter(Boolean).join(" ") || null;
  // Another rule in the same place is another reason.
  const rowHash = hash("md5", `${person.content}|${asked}|${unit ?? ""}|${excludedBy === null ? "" : told}`);
  return {
    externalId,
    dn,
    dnKey,
    email,
    aliases: aliases.join(" ") || null,
    unit,
    asked,
    fields,
    told,
    hash: rowHash,
    marks: marksOf(person, isStated),
    stamp,
  };
}

function marksOf(
  { email, emailFault, problems, disabled }: DirectoryPerson,
  isStated: boolean,
): string | null {
  if (email !== null && problems.length === 0 && !disabled && isStated) return null;
  const marks = [
    email === null && emailFault === null && "no_mail",
    emailFault === "foreign_domain" && "foreign_mail",
    emailFault === "invalid_address" && "odd_mail",
    problems.length > 0 && "odd_value",
    disabled && "disabled",
    !isStated && "no_state",
  ];
  return marks.filter(Boolean).join(",");
}

function leftOutBy(nth: number, exclusions: readonly Rule[]): string {
  const rule = exclusions[nth];
  return `Left out by exclusion rule ${nth + 1}${rule ? `: ${ruleWords(rule)}` : ""}.`;
}

/** `from`: the position of the line before the first; `met` and `same`: entries, of which `same` are no lines. */
export function toBatch(
  lines: Met[],
  from: number,
  { met, same }: { met: number; same: number },
): StagedBatch {
  const positions = lines.map((_, nth) => from + nth + 1);
  const of = (cell: (line: Met) => string | null) => lines.map(cell);
  return {
    count: lines.length,
    met,
    same,
    position: positions,
    line: positions,
    email: of(({ email }) => email),
    aliases: of(({ aliases }) => aliases),
    asked: of(({ asked }) => asked),
    fields: Object.fromEntries(profileFields.flatMap((field) => fieldOf(lines, field))),
    cleared: of(({ fields }) => clearedOf(fields)),
    problem: of(({ marks }) => marks),
    raw: of(({ told }) => told),
    externalId: of(({ externalId }) => externalId),
    dn: of(({ dn }) => dn),
    dnKey: of(({ dnKey }) => dnKey),
    organizationalUnit: of(({ unit }) => unit),
    rowHash: of(({ hash }) => hash),
    checkpoint: null,
  };
}

const fieldOf = (lines: Met[], field: ProfileField): [ProfileField, (string | null)[]][] => {
  const cells = lines.map(({ fields }) => fields[field] ?? null);
  return cells.some((cell) => cell !== null) ? [[field, cells]] : [];
};

/** Fields that are mapped and empty there. */
const clearedOf = (fields: Met["fields"]): string | null =>
  profileFields.filter((field) => fields[field] === null).join(",") || null;
