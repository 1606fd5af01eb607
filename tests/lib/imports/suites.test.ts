import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { batchesOf, layoutOf, peopleIn, sourceOf } from "./read-bytes.ts";

const folder = join(import.meta.dirname, "suites");
const read = (name: string) => readFileSync(join(folder, name));

const names = { first_name: "Ada", last_name: "Lovelace" };
const work = { title: "Analyst", department: "Engineering" };
const home = { street_address: "12 St James Square", city: "London" };
const place = { ...home, region: "London", postal_code: "SW1" };
const phone = { work_phone: "555-0100" };
const number = { alternate_id: "E1" };
const office = { location: "HQ" };

/** The suite, how Ada comes out, and who is left out with which word. */
const files: [file: string, suite: string | null, ada: object, out: Record<string, string>][] = [
  [
    "google-template.csv",
    "Google Workspace",
    { ...names, ...work, ...phone, ...number, street_address: "12 St James Square" },
    { "old@acme.test": "Suspended" },
  ],
  [
    "google-download.csv",
    "Google Workspace",
    { ...names, ...work, ...phone, ...number, street_address: "12 St James Square" },
    { "old@acme.test": "Suspended", "ann@acme.test": "Archived" },
  ],
  [
    "entra-bulk-create.csv",
    "Microsoft Entra ID",
    { ...names, ...work, ...phone, ...place, ...office, country: "United Kingdom" },
    { "old@acme.test": "Sign-in blocked" },
  ],
  [
    "entra-download.csv",
    "Microsoft Entra ID",
    { ...names, ...work, ...phone, ...place, ...office, country: "United Kingdom" },
    { "old@acme.test": "Sign-in blocked" },
  ],
  [
    "microsoft-365-template.csv",
    "Microsoft 365",
    { ...names, ...work, ...phone, ...place, country: "United Kingdom" },
    {},
  ],
  [
    "microsoft-365-export.csv",
    "Microsoft 365",
    { ...names, ...work, ...phone, ...place, ...office, country: "United Kingdom" },
    { "old@acme.test": "Sign-in blocked" },
  ],
  ["okta-template.csv", "Okta", { ...names, ...work, ...phone, ...place, ...number, country: "GB" }, {}],
  [
    "okta-users.csv",
    "Okta",
    { ...names, ...work, ...phone, ...number },
    { "old@acme.test": "Suspended", "ann@acme.test": "Deactivated" },
  ],
  ["webex-template.csv", "Webex", { ...names, ...phone, ...office, extension: "1234" }, {}],
  [
    "webex-export.csv",
    "Webex",
    { ...names, ...work, ...phone, ...place, ...office, extension: "1234", country: "United Kingdom" },
    { "old@acme.test": "Inactive" },
  ],
  [
    "moodle-upload.csv",
    "Moodle",
    { ...names, department: "Engineering", ...phone, ...home, ...number, country: "GB" },
    { "old@acme.test": "Suspended", "ann@acme.test": "Deleted" },
  ],
  ["slack-members.csv", "Slack", {}, { "old@acme.test": "Deactivated", "beep@acme.test": "A bot" }],
  ["zoom-users.csv", null, { ...names, ...work, ...office, groups: "Staff" }, {}],
];

describe("the user files of the suites", () => {
  it("are all here", () => {
    expect(files.map(([name]) => name).sort()).toEqual(readdirSync(folder).sort());
  });

  it.each(files)("%s maps without a click", async (file, suite, ada, out) => {
    const bytes = read(file);
    expect(layoutOf(bytes).suite).toBe(suite);
    const people = await peopleIn(bytes);
    const version = file === "entra-bulk-create.csv" ? 1 : 0;
    expect(people[0]).toEqual({ line: 2 + version, emails: "ada@acme.test", ...ada });
    expect(people[1]).toMatchObject({ line: 3 + version, emails: "grace@acme.test" });
    expect(people.filter((person) => "codes" in person || "asked" in person)).toEqual([]);
    const left = people.filter((person) => "passedOver" in person);
    expect(left).toEqual(
      Object.entries(out).map(([emails, word], index) => ({
        line: 4 + version + index,
        emails,
        passedOver: `${word} in ${suite}; left out.`,
      })),
    );
    expect(people).toHaveLength(2 + left.length);
  });

  it.each(files)("%s gives away no password", async (file) => {
    const text = read(file).toString();
    const header = text.split("\n").find((line) => line.includes("ame"));
    // A row that fails keeps its cells.
    const failing = text.replaceAll("acme.test", "elsewhere.test");
    const { layout, ...source } = sourceOf(failing);
    const batches = await batchesOf({ layout, ...source });
    expect(batches.flatMap(({ columns }) => columns.codes)).toContain("foreign_domain");
    expect(JSON.stringify(batches)).not.toContain("s3cret");
    if (/Password \[|password,|\[passwordProfile\]/.test(header ?? ""))
      expect(layout.columns).toContain("password");
  });
});

const header = "userPrincipalName,displayName,mail,accountEnabled,givenName";

describe("a suite's file", () => {
  it("names the column in which the address was found", async () => {
    const people = await peopleIn(`${header}\nx@evil.test,X,,True,X\nok@acme.test,X,y@evil.test,True,Y\n`);
    expect(people).toMatchObject([
      { problems: expect.stringMatching(/column A \(userPrincipalName\): “x@evil.test”/) },
      { problems: expect.stringMatching(/column C \(mail\): “y@evil.test”/) },
    ]);
  });

  it("leaves out a person with whom nothing else is right, and shows the address", async () => {
    const people = await peopleIn(`${header}\nx@evil.test,X,\0y@evil.test,FALSE,\u202eX\n`);
    expect(people).toEqual([
      {
        line: 2,
        emails: "\ufffdy@evil.test",
        passedOver: "Sign-in blocked in Microsoft Entra ID; left out.",
      },
    ]);
  });

  it("leaves out nobody in a row that may be shifted", async () => {
    const people = await peopleIn(`${header}\nx@acme.test,X,x@acme.test,False\n`);
    expect(people).toMatchObject([{ codes: "short_row" }]);
  });

  it("keeps a User Status of ours beside the suite's own", async () => {
    const google = "Email Address [Required],First Name [Required],Status [READ ONLY],User Status";
    const people = await peopleIn(`${google}\na@acme.test,A,Active,Update\nb@acme.test,B,Suspended,Delete\n`);
    expect(people).toMatchObject([
      { asked: "update" },
      { passedOver: "Suspended in Google Workspace; left out." },
    ]);
  });

  it("leaves out nobody by a column that a person mapped", async () => {
    const text =
      "Email Address [Required],First Name [Required],Status [READ ONLY]\na@acme.test,A,Suspended\n";
    const { layout, ...source } = sourceOf(text);
    const mapped = { ...layout, columns: layout.columns.map((field, at) => (at === 2 ? "title" : field)) };
    const [batch] = await batchesOf({ ...source, layout: mapped });
    expect(batch?.columns).toMatchObject({ passedOver: [null], fields: { title: ["Suspended"] } });
  });

  it("is not seen in a template of ours", async () => {
    const people = await peopleIn("Email ID,First Name,User Status\na@acme.test,A,Suspended\n");
    expect(people).toMatchObject([{ codes: "unknown_status" }]);
  });
});
