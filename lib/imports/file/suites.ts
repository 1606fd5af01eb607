import type { ImportField } from "../fields.ts";

/** What a suite's user files call things, where that differs from common words. Keys are those of `headerKey`. */
export interface Suite {
  name: string;
  /** Headers as the suite writes them; all of one list tell the suite. */
  signatures: readonly (readonly string[])[];
  /** The columns that hold the address, best first; no other header claims it. */
  addresses: readonly string[];
  /** The second of `addresses` stands in where the first is blank. */
  standIn?: boolean;
  fields?: Readonly<Record<string, ImportField | null>>;
  /** Columns in which the suite says who may not sign in: cell in lower case → what to call that. */
  leftOut: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const blocked = { true: "Sign-in blocked", yes: "Sign-in blocked" };
const notEnabled = { false: "Sign-in blocked", no: "Sign-in blocked" };

/**
 * Sources: Google "Add or update multiple users from a CSV file" (answer 40057); Microsoft "Bulk create users" and "Bulk
 * download users" (learn.microsoft.com) and the export of the Microsoft 365 admin center; Okta "Import users from a CSV
 * file" and "User statuses"; Webex "Control Hub user management CSV file reference" (afv3q8) and "User status details"
 * (nikzbgy); Moodle "Upload users"; Slack "Export your workspace's member list".
 */
export const suites: readonly Suite[] = [
  {
    name: "Google Workspace",
    signatures: [["Email Address [Required]"]],
    addresses: ["emailaddress"],
    leftOut: {
      status: { suspended: "Suspended", archived: "Archived" },
      newstatus: { suspended: "Suspended", archived: "Archived" },
    },
  },
  {
    name: "Microsoft Entra ID",
    signatures: [["User name [userPrincipalName] Required"], ["userPrincipalName", "displayName"]],
    addresses: ["mail", "userprincipalname", "username"],
    standIn: true,
    leftOut: { accountenabled: notEnabled, blocksignin: blocked },
  },
  {
    name: "Microsoft 365",
    signatures: [
      ["User principal name", "Display name"],
      ["Username", "Display name", "Office phone"],
      ["User Name", "Display Name", "Office Phone"],
    ],
    addresses: ["userprincipalname", "username"],
    // A list of products, often longer than a field.
    fields: { licenses: null },
    leftOut: { blockcredential: blocked, blocksignin: blocked, signinblocked: blocked },
  },
  {
    name: "Okta",
    signatures: [
      ["login", "firstName", "lastName", "email"],
      ["user.login", "user.status"],
      ["profile.login", "profile.email"],
      ["Okta username", "Okta user status"],
    ],
    addresses: ["email", "primaryemail"],
    fields: { primaryphone: "work_phone", countrycode: "country" },
    leftOut: {
      status: { suspended: "Suspended", deprovisioned: "Deactivated", deactivated: "Deactivated" },
      oktauserstatus: { suspended: "Suspended", deprovisioned: "Deactivated", deactivated: "Deactivated" },
    },
  },
  {
    name: "Webex",
    signatures: [["User ID/Email (Required)"], ["UserID/Email (Required)"]],
    addresses: ["useridemail"],
    fields: {
      addressstreet: "street_address",
      addresscity: "city",
      addresslocality: "city",
      addressstate: "region",
      addressregion: "region",
      addresszipcode: "postal_code",
      addresspostalcode: "postal_code",
      addresscountry: "country",
    },
    leftOut: {
      userstatus: { inactive: "Inactive", suspended: "Suspended", deactivated: "Deactivated" },
      status: { inactive: "Inactive", suspended: "Suspended", deactivated: "Deactivated" },
    },
  },
  {
    name: "Slack",
    signatures: [
      ["username", "email", "status", "billing-active"],
      ["userid", "fullname", "displayname"],
    ],
    addresses: ["email"],
    leftOut: { status: { deactivated: "Deactivated", bot: "A bot" } },
  },
  {
    name: "Moodle",
    signatures: [["username", "firstname", "lastname", "email"]],
    addresses: ["email"],
    fields: { idnumber: "alternate_id", phone1: "work_phone" },
    leftOut: { suspended: { 1: "Suspended", yes: "Suspended" }, deleted: { 1: "Deleted", yes: "Deleted" } },
  },
];
