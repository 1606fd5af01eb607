/** What brought a person here. */
const sources: Record<string, string> = {
  invite: "Invite",
  bulk_invite: "Bulk Invite",
  import: "Import",
  directory: "Directory Sync",
  group: "Directory group",
  api: "Program",
};

export const sourceWord = (source: string): string => sources[source] ?? source;
