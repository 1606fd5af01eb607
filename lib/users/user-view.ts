import type { ProfileField } from "./profile-fields.ts";
import type { UserStatus } from "./user-status.ts";

export type EmailValidation = "pending" | "validated" | "bounced";

/** How somebody comes to a role: given to them, by their identity provider's groups, or through a group of the account. */
export type HeldRole = { id: string; name: string; how: "direct" | "sso" | "group"; group: string | null };

export type BoundIdentity = { id: string; issuer: string; subject: string; since: Date; lastUsed: Date };

/** Why somebody cannot be suspended. */
export type Protection = "oneself" | "owner" | "last_admin";

export type UserView = {
  id: string;
  /** First and last name, else the address. */
  name: string;
  email: string | null;
  fields: Record<ProfileField, string | null>;
  organizationalUnit: string | null;
  /** As it is shown: without an address a person waits for one, whatever else they are. */
  status: UserStatus;
  isSuspended: boolean;
  /** Has joined, and may sign in; also of suspended people, who had. */
  hasJoined: boolean;
  statusBefore: UserStatus | null;
  /** Of a suspended person: then they are deleted. */
  restorableUntil: Date | null;
  emailValidation: EmailValidation | null;
  managed: boolean;
  mailsPaused: boolean;
  /** Why nothing but sign-in links goes to the address. */
  mailSuppressed: "bounced" | "complained" | null;
  source: string;
  externalId: string | null;
  version: number;
  createdAt: Date;
  protection: Protection | null;
  /** They hold a privilege that the asking admin does not, who could take it by giving them an address of their own. */
  outranks: boolean;
  groups: { id: string; name: string; source: string }[];
  roles: HeldRole[];
  identities: BoundIdentity[];
};
