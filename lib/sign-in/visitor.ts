/** Where a sign-in comes from, as the list of sessions and the audit show it. */
export type Visitor = { ip: string | null; userAgent: string | null };

export const nobodyKnown: Visitor = { ip: null, userAgent: null };
