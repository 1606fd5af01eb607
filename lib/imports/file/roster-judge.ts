import { cleanCell } from "./clean-cell.ts";
import { type JudgedRow, type JudgeRules, type RowJudge, rowJudge } from "./judge-row.ts";
import { passedOver } from "./pass-over.ts";
import { widthProblem } from "./problem.ts";

/** The judge of one file's rows. In a suite's file it leaves out whom the suite locked out. */
export function rosterJudge(rules: JudgeRules): RowJudge {
  return rules.passOver?.length || rules.standIn != null ? suiteJudge(rules) : rowJudge(rules);
}

/** Leaves out people by the suite's own status, and reads a second column of addresses. */
function suiteJudge(rules: JudgeRules): RowJudge {
  const { headers, columns, passOver = [], standIn = null } = rules;
  const marks = passOver.filter(({ column }) => columns[column] === null);
  const main = rowJudge(rules);
  const second =
    standIn === null || columns[standIn] !== null ? null : rowJudge(movedAddress(rules, standIn));
  const address = columns.indexOf("email");
  const judge: RowJudge["judge"] = (cells, line, plain) => {
    const useSecond = second !== null && cleanCell(cells[address] ?? "") === "";
    const row = (useSecond ? second : main).judge(cells, line, plain);
    const why = widthProblem(cells, headers.length, line) ? null : passedOver(cells, marks);
    return why === null ? row : leftOut(row, why);
  };
  return { fields: main.fields, judge };
}

function movedAddress(rules: JudgeRules, standIn: number): JudgeRules {
  const columns = rules.columns.map((field, index) =>
    index === standIn ? "email" : field === "email" ? null : field,
  );
  return { ...rules, columns };
}

function leftOut(row: JudgedRow, why: string): JudgedRow {
  const values = row.values.map(() => null);
  return { ...row, asked: null, values, cleared: [], groups: [], problems: [], passedOver: why };
}
