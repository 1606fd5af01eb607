import type { DirectoryEntry } from "../ldap/entry.ts";
import type { ServerKind } from "../ldap/probe-server.ts";
import { readFileTime } from "../ldap/times.ts";
import type { UserSettings } from "../settings.ts";

export type Disabled = "account" | "expired" | "attribute" | null;

/** ACCOUNTDISABLE (MS-ADTS 2.2.16); a bit, whatever else is set. */
const accountDisable = 2;

/** What an administrator writes there; a time is a lock after wrong passwords (draft-behera-ldap-password-policy 5.3.3). */
const lockedForGood = "000001010000Z";

/** Whether the directory says that this account is not to be used. Locked out, or an old password, is not that. */
export function isDisabled(
  entry: DirectoryEntry,
  { kind, users, now }: { kind: ServerKind; users: UserSettings; now: Date },
): Disabled {
  if (users.disabledBy) {
    const { attribute, value } = users.disabledBy;
    if (entry.texts(attribute).some((has) => has.toLowerCase() === value.toLowerCase())) return "attribute";
  }
  if (kind !== "active_directory") {
    const isLocked = entry.text("nsAccountLock")?.toLowerCase() === "true";
    return isLocked || entry.text("pwdAccountLockedTime") === lockedForGood ? "account" : null;
  }
  if (Number(entry.text("userAccountControl") ?? 0) & accountDisable) return "account";
  const expires = readFileTime(entry.text("accountExpires") ?? "0");
  return expires && expires <= now ? "expired" : null;
}
