export const bulkActions = ["manage", "unmanage", "suspend", "restore"] as const;

/** What many people at once can be made. */
export type BulkAction = (typeof bulkActions)[number];
