export type SessionView = {
  id: string;
  method: "email_link" | "operator_link" | "sso" | "invitation";
  startedAt: Date;
  lastSeenAt: Date;
  /** Null while it lasts. */
  endedAt: Date | null;
  ip: string | null;
  userAgent: string | null;
};
