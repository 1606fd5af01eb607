/** The colours of a mail: of its header and button, of what is written on them, and of the button's edge. */
export type BrandColors = {
  brand: string;
  onBrand: string;
  edge: string;
  darkBrand: string;
  onDarkBrand: string;
};

/** The cards that buttons stand on, in light and in dark. */
export const lightCard = "#fcfdfd";
export const darkCard = "#131c1f";

/** The console's own (app/globals.css) as sRGB, for mail clients know no oklch. */
const ours: BrandColors = {
  brand: "#005757",
  onBrand: "#f8fdfc",
  edge: "#005757",
  darkBrand: "#75ccc7",
  onDarkBrand: "#031a1b",
};

// WCAG 2.2, 1.4.11: what tells a control from its ground.
const discernible = 3;

/** Of an account's colour (#rrggbb): what is written on it can be read, and it is told from the card in light and dark. */
export function brandColors(color: string | null): BrandColors {
  if (color === null || !/^#[0-9a-f]{6}$/.test(color)) return ours;
  // The mails of a batch are of few accounts.
  if (latest.color !== color) latest = { color, colors: worked(color) };
  return latest.colors;
}

let latest: { color: string | null; colors: BrandColors } = { color: null, colors: ours };

function worked(color: string): BrandColors {
  const onBrand = readableOn(color);
  const darkBrand = lightened(color);
  return {
    brand: color,
    onBrand,
    edge: contrast(color, lightCard) < discernible ? onBrand : color,
    darkBrand,
    onDarkBrand: readableOn(darkBrand),
  };
}

/** Black or white: one of them has at least 4.58 to 1 on any colour (WCAG 2.2, 1.4.3 asks for 4.5). */
const readableOn = (color: string): string =>
  contrast(color, "#ffffff") >= contrast(color, "#000000") ? "#ffffff" : "#000000";

/** The colour, mixed with white in tenths until it is told from a dark card. */
function lightened(color: string): string {
  const parts = channels(color);
  for (let tenth = 0; tenth < 10; tenth += 1) {
    const mixed = parts.map((part) => Math.round(part + ((255 - part) * tenth) / 10));
    const hex = `#${mixed.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
    if (contrast(hex, darkCard) >= discernible) return hex;
  }
  return "#ffffff";
}

/** WCAG 2.2, contrast ratio of two colours (#rrggbb): 1 to 21. */
export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = channels(color)
    .map((part) => part / 255)
    .map((x) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const channels = (color: string): number[] =>
  [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
