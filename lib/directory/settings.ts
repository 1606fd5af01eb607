import { z } from "zod";
import { type ProfileField, profileFields } from "#lib/users/profile-fields.ts";

const text = (most: number) => z.string().trim().max(most);

export const ruleFields = ["email", "dn", ...profileFields] as const;
export type RuleField = "email" | "dn" | ProfileField;
export const ruleWays = ["is", "starts_with", "contains", "matches"] as const;

/** Who is meant, by one field; `matches` takes wildcards. */
export const rule = z.strictObject({
  field: z.enum(ruleFields),
  how: z.enum(ruleWays),
  value: text(500).min(1),
});
export type Rule = z.infer<typeof rule>;

/** `ca`: PEM, in the place of the authorities that the system trusts. The password is none of the settings. */
export const connectionSettings = z.strictObject({
  host: text(253).min(1),
  port: z.number().int().min(1).max(65_535),
  security: z.enum(["ldaps", "starttls", "none"]),
  ca: z.string().max(100_000).nullable(),
  baseDn: text(2_000).min(1),
  bindDn: text(2_000).min(1),
});

const chosen = z.strictObject({ id: text(200), dn: text(2_000), name: text(500) });

export const unitSettings = z.strictObject({
  take: z.enum(["all", "none", "specific"]),
  chosen: z.array(chosen).max(2_000),
});

export const listSettings = z.strictObject({ take: z.boolean(), chosen: z.array(chosen).max(2_000) });

const attributeName = text(200).regex(/^[a-z][a-z0-9.;-]*$/i);

/** `attributes` counts where `mapping` is "custom": null or missing fields are kept as they are here. */
export const userSettings = z.strictObject({
  mapping: z.enum(["default", "custom"]),
  attributes: z.partialRecord(z.enum(["email", ...profileFields]), attributeName.nullable()),
  inclusion: text(10_000),
  exclusions: z.array(rule).max(200),
  inviteNew: z.boolean(),
  disabledBy: z.strictObject({ attribute: attributeName, value: text(500) }).nullable(),
});

export const protectedSettings = z.strictObject({
  users: z.array(z.uuid()).max(10_000),
  groups: z.array(z.uuid()).max(1_000),
  rules: z.array(rule).max(200),
});

export const scheduleSettings = z.strictObject({
  enabled: z.boolean(),
  frequency: z.enum(["daily", "weekly", "monthly", "other"]),
  /** 0 is Sunday. */
  weekday: z.number().int().min(0).max(6),
  monthDay: z.number().int().min(1).max(31),
  every: z.number().int().min(1).max(365),
  unit: z.enum(["days", "weeks"]),
  startsOn: z.iso.date(),
  startsAt: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  timeZone: text(100).refine(isTimeZone),
});

/** Everything an admin sets of a directory but its password; one document a version. */
export const directorySettings = z.strictObject({
  connector: z.enum(["cloud", "agent"]),
  connection: connectionSettings.nullable(),
  units: unitSettings,
  lists: listSettings,
  users: userSettings,
  protected: protectedSettings,
  schedule: scheduleSettings,
  /** Sees to it that 7 days never pass without a sync. */
  weekly: z.boolean(),
  /** Days without a completed sync after which admins are told; null: never. */
  alertDays: z.number().int().min(1).max(90).nullable(),
});

export type ConnectionSettings = z.infer<typeof connectionSettings>;
export type UserSettings = z.infer<typeof userSettings>;
export type ScheduleSettings = z.infer<typeof scheduleSettings>;
export type DirectorySettings = z.infer<typeof directorySettings>;

export const firstSettings: DirectorySettings = {
  connector: "cloud",
  connection: null,
  units: { take: "all", chosen: [] },
  lists: { take: false, chosen: [] },
  users: {
    mapping: "default",
    attributes: {},
    inclusion: "",
    exclusions: [],
    inviteNew: false,
    disabledBy: null,
  },
  protected: { users: [], groups: [], rules: [] },
  schedule: {
    enabled: false,
    frequency: "daily",
    weekday: 1,
    monthDay: 1,
    every: 1,
    unit: "days",
    startsOn: "2026-01-01",
    startsAt: "03:00",
    timeZone: "UTC",
  },
  weekly: true,
  alertDays: 8,
};

export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
