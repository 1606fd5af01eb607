import type { ReactNode } from "react";

export type Tone = "good" | "bad" | "busy" | "warn" | "quiet";

const tones: Record<Tone, string> = {
  good: "badge-soft badge-success",
  bad: "badge-soft badge-error",
  busy: "badge-soft badge-info",
  warn: "badge-soft badge-warning",
  quiet: "badge-outline border-base-300 text-base-content/80",
};

export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={`badge badge-sm whitespace-nowrap font-medium ${tones[tone]}`}>{children}</span>;
}
