import { cleanCell } from "./clean-cell.ts";

/** A column in which a suite marks people who may not sign in there. Plain data: it is stored with the layout. */
export interface PassOver {
  column: number;
  /** Cell in lower case → the sentence for the person. */
  says: Record<string, string>;
}

/** Why the person of a row is left out; null for everybody else. */
export function passedOver(cells: readonly string[], marks: readonly PassOver[]): string | null {
  for (const { column, says } of marks) {
    const word = cleanCell(cells[column] ?? "").toLowerCase();
    if (word !== "" && Object.hasOwn(says, word)) return says[word] ?? null;
  }
  return null;
}
