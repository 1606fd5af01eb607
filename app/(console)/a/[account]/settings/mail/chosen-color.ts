/** What the browser's colour picker stands on where the account has no colour: it cannot stand on none. */
export const pickerOnNone = "#005757";

/**
 * A colour can be typed or picked, and without scripts neither field knows of the other: what is no longer as it was
 * `shown` counts, and what was typed counts first. "" is none.
 */
export function chosenColor({
  typed,
  picked,
  shown,
}: Record<"typed" | "picked" | "shown", string>): string | null {
  const isPicked = typed === shown && picked !== (shown || pickerOnNone);
  return (isPicked ? picked : typed) || null;
}
