import type { ReactNode } from "react";

export type Tone = "good" | "bad" | "busy" | "warn" | "quiet";

/** A badge as data, for a table's cell of that kind. */
export type BadgeData = readonly [Tone, string];

/** The look stands in globals.css, under the tone's name. */
export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={`tag ${tone}`}>{children}</span>;
}
