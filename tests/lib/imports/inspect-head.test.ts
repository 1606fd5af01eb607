import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inspectHead } from "#lib/imports/file/inspect-head.ts";
import { rosterReading } from "#lib/imports/file/roster-reading.ts";
import { inspectBytes } from "#lib/uploads/inspect-bytes.ts";

function inspect(file: Buffer | string) {
  const bytes = typeof file === "string" ? Buffer.from(file) : file;
  const inspector = inspectBytes(rosterReading.words);
  const early = inspector.feed(bytes);
  if (early) return early;
  const verdict = inspector.verdict();
  return verdict.ok ? inspectHead(inspector.head(), verdict) : verdict;
}

const row = "a@acme.test,Bob";

const refused: [name: string, file: string, reason: string, says: RegExp][] = [
  ["only a header", "Email ID,First Name\n", "only_header", /no people below it/],
  ["a header and blank lines", "Email ID,First Name\r\n\r\n , \r\n", "only_header", /no people/],
  ["blank lines only", "\n\n  \n", "empty", /no text/],
  [
    "no e-mail column",
    `Mobile,First Name\n${row}\n`,
    "no_email_column",
    /“Mobile”, “First Name”.*“Email ID”/,
  ],
  ["no header at all", `${row}\n${row}\n`, "no_email_column", /hold a person already/],
  [
    "two e-mail columns",
    "Email ID,Name,Email\na@acme.test,b,c\n",
    "two_columns_one_field",
    /^Two columns claim Email ID: A \(“Email ID”\) and C \(“Email”\)\./,
  ],
  [
    "the header twice",
    "Email ID,Title,email id,Title\na,b,c,d\n",
    "two_columns_one_field",
    /claim Email ID: A \(“Email ID”\) and C \(“email id”\)/,
  ],
  ["201 columns", `Email ID${",x".repeat(200)}\n`, "too_many_columns", /201 columns; 200/],
  ["a million columns", `Email ID${",x".repeat(999_999)}\n${row}\n`, "too_many_columns", /more than 200/],
  [
    "an endless first line",
    `Email ID${"x".repeat(300_000)}\n${row}\n`,
    "header_too_long",
    /longer than 64 KiB/,
  ],
  [
    "a first line over 64 KiB",
    `Email ID${"x".repeat(70_000)}\n${row}\n`,
    "header_too_long",
    /longer than 64 KiB/,
  ],
  [
    "an open quote in the header",
    `"Email ID,First Name\n${row}\n`,
    "broken_quotes",
    /Line 1.*quote that is not closed/,
  ],
];

const columns = (file: string | Buffer) => {
  const found = inspect(file);
  if (!found.ok) throw new Error(found.sentence);
  return found.layout;
};

describe("inspectHead", () => {
  it.each(refused)("refuses %s", (_, file, reason, says) => {
    const found = inspect(file);
    expect(found).toMatchObject({ ok: false, reason });
    expect(found).toHaveProperty("sentence", expect.stringMatching(says));
  });

  it.each([",", ";", "\t", "|"])("finds the delimiter %j", (delimiter) => {
    const file = `Email ID${delimiter} First Name ${delimiter}LAST NAME\na@acme.test${delimiter}"x${delimiter}y"${delimiter}z,;|\n`;
    expect(columns(file)).toMatchObject({ delimiter, columns: ["email", "first_name", "last_name"] });
  });

  it("finds the delimiter when a header holds another one", () => {
    expect(columns('"Email ID";"Name, first";"First Name"\na@acme.test;b;c\n').delimiter).toBe(";");
  });

  it("takes a sign-in name for the address only where there is no other", () => {
    expect(columns("Username,First Name\na@acme.test,b\n").columns).toEqual(["email", "first_name"]);
    expect(columns("Username,E-Mail,Login\na,a@acme.test,b\n").columns).toEqual([null, "email", null]);
    expect(inspect("Username,Login\na,b\n")).toMatchObject({ reason: "two_columns_one_field" });
  });

  it.each(['"', "x", '""', 'x"', ",", '","'])("is done with a head full of %j", (filler) => {
    for (const start of ["Email ID,", 'Email ID,"', 'Email ID,a@acme.test,"']) {
      const begun = performance.now();
      expect(inspect(start + filler.repeat(300_000 / filler.length))).toHaveProperty("ok");
      expect(performance.now() - begun).toBeLessThan(2000);
    }
  });

  it("takes a file of one column", () => {
    expect(columns("Email\nbob@acme.test\n")).toMatchObject({ delimiter: ",", columns: ["email"] });
  });

  it("drops empty headers at the end, names what is absent and what is ignored", () => {
    const layout = columns(`Shoe size,Email ID,Password,,\n1,${row},,\n`);
    expect(layout.headers).toEqual(["Shoe size", "Email ID", "Password"]);
    expect(layout.columns).toEqual([null, "email", "password"]);
    expect(layout.ignored).toEqual(["Shoe size"]);
    expect(layout.absent).toContain("First Name");
    expect(layout.absent).toHaveLength(7);
  });

  it("stores no control character of a header, NUL least of all", () => {
    const found = inspect("Email ID,First\0 Name,\u0007Shoe\n" + "a@acme.test,Bob,9\n");
    expect(found).toMatchObject({
      ok: true,
      layout: {
        headers: ["Email ID", "First\ufffd Name", "\ufffdShoe"],
        columns: ["email", "first_name", null],
      },
    });
  });

  it("passes over lines that stand before the header for a program", () => {
    expect(columns(`version:v1.0,,\nEmail ID,First Name\n${row}\n`).start).toEqual({ offset: 35, record: 2 });
    expect(columns("sep=;\r\n\r\nEmail ID;First Name\r\na@acme.test;b\r\n").start.record).toBe(3);
  });

  it.each([
    ["utf16le", "\ufeffEmail ID\tFirst Name\r\na@acme.test\tJosé\r\n", "utf-16le"],
    ["utf8", "\ufeffEmail ID,First Name\r\na@acme.test,José\r\n", "utf-8"],
    ["latin1", "Email ID,First Name\ra@acme.test,José\r", "windows-1252"],
  ] as const)("reads a header in %s", (encoding, text, expected) => {
    expect(columns(Buffer.from(text, encoding))).toMatchObject({
      encoding: expected,
      columns: ["email", "first_name"],
    });
  });

  it("knows every column of the template", () => {
    const template = readFileSync(join(import.meta.dirname, "../../../public/import-template.csv"), "utf8");
    const layout = columns(`${template.trim()}\n${"x,".repeat(template.split(",").length - 1)}x\n`);
    expect(layout).toMatchObject({ ignored: [], absent: [] });
    expect(layout.columns).not.toContain(null);
  });
});

const suites: [name: string, header: string, email: number][] = [
  [
    "Microsoft 365",
    "Username,First name,Last name,Display name,Job title,Department,Office number,Office phone,Mobile phone,Fax,Alternate email address,Address,City,State or province,ZIP or postal code,Country or region",
    0,
  ],
  [
    "Entra ID",
    "Name [displayName] Required,User name [userPrincipalName] Required,Initial password [passwordProfile] Required,Block sign in (Yes/No) [accountEnabled] Required,First name [givenName],Last name [surname],Job title [jobTitle],Department [department],Usage location [usageLocation],Street address [streetAddress],State or province [state],Country or region [country],Office [physicalDeliveryOfficeName],City [city],ZIP or postal code [postalCode],Office phone [telephoneNumber],Mobile phone [mobile]",
    1,
  ],
  [
    "Google Workspace",
    "First Name [Required],Last Name [Required],Email Address [Required],Password [Required],Password Hash Function [UPLOAD ONLY],Org Unit Path [Required],New Primary Email [UPLOAD ONLY],Status [READ ONLY],Last Sign In [READ ONLY],Recovery Email,Home Secondary Email,Work Secondary Email,Recovery Phone [MUST BE IN THE E.164 FORMAT],Work Phone,Home Phone,Mobile Phone,Work Address,Home Address,Employee ID,Employee Type,Employee Title,Manager Email,Department,Cost Center",
    2,
  ],
  [
    "Webex",
    "First Name,Last Name,Display Name,User ID/Email (Required),Location,Extension,Phone Number,Caller ID Number",
    3,
  ],
  ["Zoom", "Email,First Name,Last Name,Department,Manager,User Group,IM Group,Job Title,Location", 0],
];

describe("the user templates of the suites", () => {
  it.each(suites)("map by themselves: %s", (_, header, email) => {
    const layout = columns(`${header}\n${"x,".repeat(header.split(",").length - 1)}x\n`);
    expect(layout.columns[email]).toBe("email");
    expect(layout.columns).toEqual(expect.arrayContaining(["first_name", "last_name"]));
    expect(layout.columns).not.toContain("user_status");
    for (const [index, name] of layout.headers.entries()) {
      if (/^(initial )?password/i.test(name)) expect(layout.columns[index]).toBe("password");
    }
  });
});
