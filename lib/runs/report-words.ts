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

const mailWords: Record<string, string> = {
  queued: "queued",
  sending: "being sent",
  sent: "sent",
  in_local_mailbox: "in local mailbox",
  failed: "not sent",
  unknown: "unknown",
  withdrawn: "withdrawn",
};

export const mailWord = (state: string): string => mailWords[state] ?? state;

/** "new" → "New" */
export const askedWord = (asked: string): string => asked.charAt(0).toUpperCase() + asked.slice(1);
