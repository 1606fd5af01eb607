import { knownAddress } from "#lib/uploads/known-address.ts";
import { readLanguage } from "#lib/users/language.ts";
import { type ProfileField, profileFields } from "#lib/users/profile-fields.ts";
import { shownCell } from "#lib/users/shown-cell.ts";
import { fieldLabel, type ImportField, importFields } from "../fields.ts";
import { cleanCell, hasCleanEnds } from "./clean-cell.ts";
import type { PassOver } from "./pass-over.ts";
import {
  addressProblem,
  type CellColumn,
  headerProblem,
  languageProblem,
  type Problem,
  statusProblem,
  textProblem,
  widthProblem,
} from "./problem.ts";

export type Asked = "new" | "update" | "delete" | "activate";

export interface JudgedRow {
  /** As written but for outer blanks. Of a row with problems it is only for showing; null when it has none. */
  email: string | null;
  /** Null when the file has no User Status column. */
  asked: Asked | null;
  /** One per entry of the judge's `fields`; null is "not given". */
  values: (string | null)[];
  /** Names of the fields that the row empties. */
  cleared: readonly string[];
  groups: readonly string[];
  problems: readonly Problem[];
  /** Why the row is left out without being a fault; such a row has no problems. */
  passedOver: string | null;
}

export interface JudgeRules {
  columns: readonly (ImportField | "password" | null)[];
  headers: readonly string[];
  /** Verified domains of the account, in lower case. */
  domains: readonly string[];
  /** A cell that holds just this empties its field. */
  clearWord: string;
  passOver?: readonly PassOver[];
  /** The column with the address where that of `email` is blank. */
  standIn?: number | null;
}

export interface RowJudge {
  /** The profile fields that the file has. */
  fields: readonly ProfileField[];
  /** Pure. `plain` says that no cell holds a control, a blank other than U+0020 or a direction mark. */
  judge(cells: readonly string[], line: number, plain?: boolean): JudgedRow;
}

interface Column extends CellColumn {
  field: ImportField;
  /** Place in `JudgedRow.values`; -1 for the fields that are no plain text. */
  slot: number;
  /** So long a value needs no closer look when its characters are plain. */
  quick: number;
}

const asked = new Map<string, Asked>(
  (["new", "update", "delete", "activate"] as const).flatMap((word): [string, Asked][] => [
    [word, word],
    [word.charAt(0).toUpperCase() + word.slice(1), word],
  ]),
);
const none: readonly never[] = [];

/** Makes the judge of one file's rows. */
export function rowJudge(rules: JudgeRules): RowJudge {
  const fields = profileFields.filter((name) => rules.columns.includes(name));
  const columns = columnsToRead(rules, fields);
  const domains = new Set(rules.domains);
  const judgeCell = cellJudge(domains, rules.clearWord);
  const noValues: (string | null)[] = fields.map(() => null);
  const judge: RowJudge["judge"] = (cells, line, plain = false) => {
    const row: JudgedRow = {
      email: null,
      asked: null,
      values: noValues.slice(),
      cleared: none,
      groups: none,
      problems: none,
      passedOver: null,
    };
    const width =
      cells.length === rules.headers.length ? null : widthProblem(cells, rules.headers.length, line);
    if (width) {
      addProblem(row, width);
      row.email = addressAmong(cells, columns[0], domains);
      return row;
    }
    for (const column of columns) {
      const cell = cells[column.index] ?? "";
      const clean = plain && hasCleanEnds(cell);
      if (column.slot < 0) judgeCell(row, column, cell, line, clean);
      else if (cell === "") continue;
      else if (clean && cell.length <= column.quick && cell !== rules.clearWord)
        row.values[column.slot] = cell;
      else judgeCell(row, column, cell, line, clean);
    }
    const again = row.problems.length > 0 ? headerProblem(cells, rules.headers, line) : null;
    if (again) row.problems = [again];
    return row;
  };
  return { fields, judge };
}

/** The address comes first: its problem is the first that a person must read. */
function columnsToRead({ columns, headers }: JudgeRules, fields: readonly ImportField[]): Column[] {
  const read = columns.flatMap((field, index): Column[] => {
    if (field === null || field === "password") return [];
    const limit = importFields.find(({ name }) => name === field)?.limit ?? 0;
    const slot = fields.indexOf(field);
    const header = shownCell(headers[index] || fieldLabel(field));
    return [{ index, header, field, limit, slot, quick: field === "language" ? 0 : limit }];
  });
  return read.sort((a, b) => Number(b.field === "email") - Number(a.field === "email"));
}

/** The cells of a row of the wrong width may be shifted: the address is shown only where it is one. */
function addressAmong(
  cells: readonly string[],
  column: Column | undefined,
  domains: ReadonlySet<string>,
): string | null {
  const value = cleanCell(cells[column?.index ?? 0] ?? "");
  return !column || addressProblem(value, domains, column, 0) ? null : value;
}

function cellJudge(domains: ReadonlySet<string>, clearWord: string) {
  const isKnown = knownAddress(domains);
  const languageOf = lastAnswered(readLanguage);
  return (row: JudgedRow, column: Column, cell: string, line: number, plain: boolean): void => {
    const value = plain ? cell : cleanCell(cell);
    const odd = plain && value.length <= column.limit ? null : oddText(value, column, line);
    addProblem(row, odd);
    if (column.field === "email") {
      row.email = value === "" ? null : odd ? shownCell(value, 254) : value;
      if (!odd && !isKnown(value)) addProblem(row, addressProblem(value, domains, column, line));
    } else if (column.field === "user_status") {
      row.asked = asked.get(value) ?? asked.get(value.toLowerCase()) ?? null;
      if (!row.asked && !odd) addProblem(row, statusProblem(value, column, line));
    } else if (value !== "" && !odd) {
      // A download writes a "-" that is data with a guard quote before it.
      const clears = value === clearWord && cell.trim() === value;
      const kept = column.field === "language" && !clears ? languageOf(value) : value;
      if (kept === null) addProblem(row, languageProblem(value, column, line));
      else setField(row, column, kept, clears);
    }
  };
}

/** Many rows say the same as the one above. */
function lastAnswered<T>(ask: (value: string) => T): (value: string) => T {
  let last: { value: string; answer: T } | null = null;
  return (value) => {
    if (last?.value !== value) last = { value, answer: ask(value) };
    return last.answer;
  };
}

function setField(row: JudgedRow, column: Column, value: string, clears: boolean): void {
  // A file adds people to groups and never removes them.
  if (column.field === "groups") row.groups = clears ? [] : groupNames(value);
  else if (clears) row.cleared = [...row.cleared, column.field];
  else row.values[column.slot] = value;
}

function addProblem(row: JudgedRow, problem: Problem | null): void {
  if (problem) row.problems = [...row.problems, problem];
}

function oddText(value: string, column: Column, line: number): Problem | null {
  if (column.field !== "groups") return textProblem(value, column, line);
  const problems = groupNames(value).map((name) => textProblem(name, column, line));
  return problems.find((problem) => problem !== null) ?? null;
}

function groupNames(value: string): string[] {
  const names = value.split(";").map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ""))];
}
