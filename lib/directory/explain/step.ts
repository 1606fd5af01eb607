export const stepNames = [
  "base",
  "unit",
  "inclusion",
  "exclusion",
  "protected",
  "address",
  "match",
  "change",
] as const;

/** A step on the way of an entry to a person here; `stopped`: this is why it goes no further. */
export type Step = {
  name: (typeof stepNames)[number];
  verdict: "passed" | "stopped" | "unknown";
  sentence: string;
};

/** `title`: the entry's name, or the address. `run`: the sync that dealt with it last. */
export type Explained = {
  title: string;
  person: { id: string; name: string } | null;
  run: { id: string; at: Date } | null;
  steps: Step[];
};

/** `more`: further entries share the address. */
export type Explanation = { ok: true; cases: Explained[]; more: boolean } | { ok: false; sentence: string };

export const passed = (name: Step["name"], sentence: string): Step => ({ name, verdict: "passed", sentence });
export const stopped = (name: Step["name"], sentence: string): Step => ({
  name,
  verdict: "stopped",
  sentence,
});
export const unknown = (name: Step["name"], sentence: string): Step => ({
  name,
  verdict: "unknown",
  sentence,
});

/** Cases told together; whoever shares an address with more of them sees the first. */
export const mostCases = 10;
