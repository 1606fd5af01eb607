/** What a report calls things, on its pages and in its downloads. */
export const outcomeWords = {
  new: "New",
  updated: "Updated",
  deleted: "Deleted",
  activated: "Activated",
  unchanged: "Unchanged",
  skipped: "Skipped",
  failed: "Failed",
  waiting: "Waiting",
  not_done: "Not done",
} as const;

/** The same of a directory, where nobody is deleted or activated: they leave, and come back. */
const outcomeWordsOfSync: Record<keyof typeof outcomeWords, string> = {
  ...outcomeWords,
  deleted: "Suspended",
  activated: "Restored",
  unchanged: "Left as they are",
};

export const outcomeWordsOf = ({ kind }: { kind: string }): Record<keyof typeof outcomeWords, string> =>
  kind === "directory_sync" ? outcomeWordsOfSync : outcomeWords;

/** What many at once are made, and what is said of those that were; people, where nothing else is named. */
export const bulkWords: Record<string, { title: string; done: string; one?: string }> = {
  invite: { title: "Invite", done: "invited" },
  manage: { title: "Make managed", done: "made managed" },
  unmanage: { title: "Make unmanaged", done: "made unmanaged" },
  suspend: { title: "Suspend", done: "suspended" },
  restore: { title: "Restore", done: "restored" },
  resend: { title: "Resend", done: "sent again", one: "invitation" },
  revoke: { title: "Revoke", done: "revoked", one: "invitation" },
};

/** "new" → "New" */
export const askedWord = (asked: string): string => asked.charAt(0).toUpperCase() + asked.slice(1);
