import { editDistance } from "#lib/users/edit-distance.ts";

const words = ["New", "Update", "Delete", "Activate"] as const;

/** Words that other programs use for the same; Deactivate is but two letters away from its contrary. */
const meant: Readonly<Record<string, (typeof words)[number]>> = {
  add: "New",
  create: "New",
  invite: "New",
  change: "Update",
  modify: "Update",
  edit: "Update",
  remove: "Delete",
  suspend: "Delete",
  deactivate: "Delete",
  deactivated: "Delete",
  disable: "Delete",
  restore: "Activate",
  enable: "Activate",
};

export function nearStatus(text: string): string | null {
  const word = text.toLowerCase();
  if (word.length > 12) return null;
  if (Object.hasOwn(meant, word)) return meant[word] ?? null;
  return words.find((one) => editDistance(word, one.toLowerCase(), 2) <= (one.length < 5 ? 1 : 2)) ?? null;
}
