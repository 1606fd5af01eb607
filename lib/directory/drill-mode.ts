/** What the sample directory of local mode can play. */
export const drillModes = [
  "normal",
  "outage",
  "empty",
  "cut_line",
  "renamed_unit",
  "leavers",
  "size_limit",
] as const;

export type DrillMode = (typeof drillModes)[number];
