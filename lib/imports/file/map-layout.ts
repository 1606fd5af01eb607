import type { ImportField } from "../fields.ts";
import type { RosterLayout } from "./inspect-head.ts";
import { type ColumnMeaning, mapColumns } from "./map-header.ts";

/** As stored: while a person has to map the columns, with what was wrong. */
export type StoredLayout = RosterLayout & { fault?: MappingFault };

export type MappingFault = { reason: "no_email_column" | "two_columns_one_field"; sentence: string };

/** One per column of the file; null: do not read. */
export type ChosenColumns = readonly (ImportField | null)[];

export type MappedLayout =
  | { ok: true; layout: RosterLayout }
  /** `columns`: places of those that claim a field together. */
  | { ok: false; reason: MappingFault["reason"]; columns: number[] };

/** The layout with the columns that a person chose; without a choice as it stands. A password stays unread. */
export function mapLayout({ fault, ...layout }: StoredLayout, chosen?: ChosenColumns): MappedLayout {
  if (!chosen) return fault ? { ok: false, reason: fault.reason, columns: [] } : { ok: true, layout };
  const columns = layout.headers.map((_, index) =>
    layout.columns[index] === "password" ? "password" : (chosen[index] ?? null),
  );
  const mapping = mapColumns(layout.headers, columns);
  if (!mapping.ok) {
    const doubled = placesClaimedTwice(columns);
    const reason = doubled.length > 0 ? "two_columns_one_field" : "no_email_column";
    return { ok: false, reason, columns: doubled };
  }
  const { ok: _, ...mapped } = mapping;
  // A second column of addresses belongs to the first one that the suite has.
  const sameAddress = columns.indexOf("email") === layout.columns.indexOf("email");
  return { ok: true, layout: { ...layout, ...mapped, standIn: sameAddress ? layout.standIn : null } };
}

function placesClaimedTwice(columns: readonly ColumnMeaning[]): number[] {
  return columns.flatMap((field, index) => {
    if (field === null || field === "password") return [];
    return columns.indexOf(field) === columns.lastIndexOf(field) ? [] : [index];
  });
}
