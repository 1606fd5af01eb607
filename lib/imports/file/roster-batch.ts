import { type ProfileField, profileFields } from "#lib/users/profile-fields.ts";
import type { JudgedRow } from "./judge-row.ts";

/** Rows in columns of equal length, as `unnest` takes them. */
export interface RosterColumns {
  /** 1, 2, 3 … over the rows of the file that are not blank. */
  positions: number[];
  /** Records of the file, blank ones counted; the header of a usual file is 1. */
  lines: number[];
  emails: (string | null)[];
  asked: (string | null)[];
  fields: Record<ProfileField, (string | null)[]>;
  /** Names of emptied fields, joined by commas. */
  cleared: (string | null)[];
  /** Names of groups, joined by semicolons. */
  groups: (string | null)[];
  /** Code of the first problem. */
  codes: (string | null)[];
  /** Sentences of all problems of a row that fails. */
  problems: (string | null)[];
  /** Why a row is left out without being a fault. */
  passedOver: (string | null)[];
  /** The cells of a row that fails, as a JSON array of strings; without passwords and without NUL. */
  cells: (string | null)[];
}

/** Most rows have nothing in these columns. */
type SparseColumn = "cleared" | "groups" | "codes" | "problems" | "passedOver" | "cells";

/** Collects judged rows; fields that the file does not have cost nothing. */
export class RowCollector {
  readonly #fields: readonly ProfileField[];
  readonly #raw: (cells: readonly string[], row: JudgedRow) => string;
  #values: (string | null)[][];
  #rows = emptyRows();
  #last: (string | null)[] = [];
  #sparse: Partial<Record<SparseColumn, (string | null)[]>> = {};

  /** `raw` writes down the cells of a row that fails. */
  constructor(fields: readonly ProfileField[], raw: (cells: readonly string[], row: JudgedRow) => string) {
    this.#fields = fields;
    this.#values = fields.map(() => []);
    this.#raw = raw;
  }

  get length(): number {
    return this.#rows.lines.length;
  }

  append(row: JudgedRow, position: number, line: number, cells: readonly string[]): void {
    const rows = this.#rows;
    const [values, last] = [this.#values, this.#last];
    rows.positions.push(position);
    rows.lines.push(line);
    rows.emails.push(row.email);
    rows.asked.push(row.asked);
    for (let slot = 0; slot < values.length; slot++) {
      const value = row.values[slot] ?? null;
      // Many people have what the one above has: one copy of it is kept, and the collector of garbage has less to carry.
      if (value !== last[slot]) last[slot] = value;
      values[slot]?.push(last[slot] ?? null);
    }
    if (row.cleared.length > 0) this.#put("cleared", row.cleared.join(","));
    if (row.groups.length > 0) this.#put("groups", row.groups.join(";"));
    if (row.passedOver !== null) this.#put("passedOver", row.passedOver);
    const [problem] = row.problems;
    if (!problem) return;
    this.#put("codes", problem.code);
    this.#put("problems", row.problems.map(({ sentence }) => sentence).join(" "));
    this.#put("cells", this.#raw(cells, row));
  }

  /** Into the last row. */
  #put(name: SparseColumn, text: string): void {
    this.#sparse[name] ??= [];
    padTo(this.#sparse[name], this.length - 1).push(text);
  }

  take(): RosterColumns {
    const absent = this.#rows.lines.map(() => null);
    const fields = Object.fromEntries(
      profileFields.map((name) => [name, this.#values[this.#fields.indexOf(name)] ?? absent]),
    ) as RosterColumns["fields"];
    const whole = (name: SparseColumn) => padTo(this.#sparse[name] ?? absent, absent.length);
    const columns = {
      ...this.#rows,
      fields,
      cleared: whole("cleared"),
      groups: whole("groups"),
      codes: whole("codes"),
      problems: whole("problems"),
      passedOver: whole("passedOver"),
      cells: whole("cells"),
    };
    this.#rows = emptyRows();
    this.#values = this.#fields.map(() => []);
    this.#sparse = {};
    return columns;
  }
}

function padTo(column: (string | null)[], length: number): (string | null)[] {
  while (column.length < length) column.push(null);
  return column;
}

function emptyRows(): Omit<RosterColumns, "fields" | SparseColumn> {
  return { positions: [], lines: [], emails: [], asked: [] };
}
