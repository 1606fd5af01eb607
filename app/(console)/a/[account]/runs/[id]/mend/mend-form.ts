/** Names of the form's fields, by position of the row and index of the column. */
export const fieldNames = {
  cell: (position: number, column: number) => `cell.${position}.${column}`,
  surplus: (position: number) => `surplus.${position}`,
  leaveOut: (position: number) => `leave.${position}`,
};

type MendedRow = { position: number; cells: Record<number, string>; surplus: string };

const cellName = /^cell\.(\d{1,9})\.(\d{1,3})$/;

/** The rows as sent, without those that are to be left out. */
export function readMendForm(fields: Readonly<Record<string, string>>): MendedRow[] {
  const rows = new Map<number, MendedRow>();
  for (const [name, value] of Object.entries(fields)) {
    const [, position, column] = cellName.exec(name) ?? [];
    if (position === undefined || column === undefined) continue;
    const at = Number(position);
    if (fields[fieldNames.leaveOut(at)] !== undefined) continue;
    const row = rows.get(at) ?? { position: at, cells: {}, surplus: fields[fieldNames.surplus(at)] ?? "" };
    row.cells[Number(column)] = value;
    rows.set(at, row);
  }
  return [...rows.values()].sort((one, other) => one.position - other.position);
}
