import { fieldLabel, type ImportField, importFields } from "#lib/imports/fields.ts";

const mostColumns = 200;

const known = new Map<string, ImportField>(importFields.map(({ name }) => [name, name]));

/** By the places of the file's columns; what is no field counts as not read. */
export function chosenColumns(fields: Readonly<Record<string, string>>): (ImportField | null)[] {
  return Array.from(
    { length: mostColumns },
    (_, index) => known.get(fields[`column-${index}`] ?? "") ?? null,
  );
}

/** A sentence for each of the columns that claim a field together. */
export function columnErrors(
  places: readonly number[],
  columns: readonly (ImportField | null)[],
): Record<string, string> {
  return Object.fromEntries(
    places.flatMap((place) => {
      const field = columns[place];
      return field ? [[`column-${place}`, `${fieldLabel(field)} is chosen for another column too.`]] : [];
    }),
  );
}
