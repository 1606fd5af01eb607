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

/** Collects judged rows; fields that the file does not have cost nothing. */
export class RowCollector {
  readonly #fields: readonly ProfileField[];
  readonly #raw: (cells: readonly string[], row: JudgedRow) => string;
  #values: (string | null)[][];
  #rows = emptyRows();

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
    const values = this.#values;
    rows.positions.push(position);
    rows.lines.push(line);
    rows.emails.push(row.email);
    rows.asked.push(row.asked);
    for (let slot = 0; slot < values.length; slot++) values[slot]?.push(row.values[slot] ?? null);
    rows.cleared.push(row.cleared.length > 0 ? row.cleared.join(",") : null);
    rows.groups.push(row.groups.length > 0 ? row.groups.join(";") : null);
    const [problem] = row.problems;
    rows.codes.push(problem ? problem.code : null);
    rows.problems.push(problem ? row.problems.map(({ sentence }) => sentence).join(" ") : null);
    rows.passedOver.push(row.passedOver);
    rows.cells.push(problem ? this.#raw(cells, row) : null);
  }

  take(): RosterColumns {
    const absent = this.#rows.lines.map(() => null);
    const fields = Object.fromEntries(
      profileFields.map((name) => [name, this.#values[this.#fields.indexOf(name)] ?? absent]),
    ) as RosterColumns["fields"];
    const columns = { ...this.#rows, fields };
    this.#rows = emptyRows();
    this.#values = this.#fields.map(() => []);
    return columns;
  }
}

function emptyRows(): Omit<RosterColumns, "fields"> {
  return {
    positions: [],
    lines: [],
    emails: [],
    asked: [],
    cleared: [],
    groups: [],
    codes: [],
    problems: [],
    passedOver: [],
    cells: [],
  };
}
