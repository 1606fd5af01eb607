import type { Privilege } from "./permissions.ts";

export type UserActor = {
  kind: "user";
  accountId: string;
  accountSlug: string;
  accountName: string;
  userId: string;
  userName: string;
  userEmail: string;
  sessionId: string;
  privileges: ReadonlySet<Privilege>;
  /** Holds a role, directly or through a group; who holds none sees their own page only. */
  isAdmin: boolean;
  isOwner: boolean;
  /** Where the request came from, for the audit; absent where no browser asks. */
  ip?: string | null;
};

export type SystemActor = { kind: "system"; accountId: string; reason: string; ip?: string | null };

export type Actor = UserActor | SystemActor;

/** Who did something, as the audit writes it down: a person may do what opens their session before they are an actor. */
export type Author = SystemActor | Pick<UserActor, "kind" | "accountId" | "userId" | "userName" | "ip">;

/** For what the worker does in an account without a person: mail, schedules, a run that was accepted. */
export const systemActor = (accountId: string, reason: string, ip?: string | null): SystemActor => ({
  kind: "system",
  accountId,
  reason,
  ip,
});
