import { type UserStatus, userStatuses } from "#lib/users/user-status.ts";

/** A status out of a query string; anything else counts as absent. */
export const userStatusOf = (value: string | undefined): UserStatus | undefined =>
  value !== undefined && Object.hasOwn(userStatuses, value) ? (value as UserStatus) : undefined;
