import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { acceptRoster } from "#lib/imports/accept-roster.ts";
import { importKind } from "#lib/imports/import-kind.ts";
import { requestImport } from "#lib/imports/request-import.ts";
import { openRoster, type Roster } from "../runs/roster-run.ts";
import { pieces } from "../uploads/byte-streams.ts";

let roster: Roster;

beforeAll(async () => {
  process.env.ROLLCALL_SECRET_KEYS = `k1:${randomBytes(32).toString("base64")}`;
  roster = await openRoster();
});

afterAll(() => roster.end());

/** From the bytes of a file to the end of its run, by the code that web and worker run. */
async function importFile(text: string) {
  const file = { fileName: "people.csv", bytes: pieces(text.replaceAll("acme.test", roster.acme.domain)) };
  const runId = await roster.as("app", async () => {
    const upload = await acceptRoster(roster.actor, file);
    if (!upload.ok) throw new Error(upload.sentence);
    const asked = await requestImport(roster.actor, { uploadId: upload.uploadId, mode: "apply" });
    if (!asked.ok) throw new Error(asked.reason);
    return asked.runId;
  });
  for (let slices = 0; slices < 20; slices++) {
    const { state } = await roster.run(runId);
    if (["completed", "failed", "cancelled"].includes(state)) break;
    await roster.slice(runId, importKind);
  }
  return { run: await roster.run(runId), entries: await roster.entries(runId) };
}

const suiteFile = (name: string) => readFileSync(join(import.meta.dirname, "suites", name), "utf8");

describe("a whole import", () => {
  it("skips and names whom a suite locked out, and neither adds nor mails them", async () => {
    const { run, entries } = await importFile(suiteFile("google-download.csv"));
    expect(run).toMatchObject({ state: "completed", created: 2, skipped: 2, failed: 0 });
    expect(run.assumed).toMatchObject({ suite: "Google Workspace", flat: false, linesBefore: 0 });
    expect(entries.map(({ line, outcome, reason }) => [line, outcome, reason])).toEqual([
      [2, "new", null],
      [3, "new", null],
      [4, "skipped", "Suspended in Google Workspace; left out."],
      [5, "skipped", "Archived in Google Workspace; left out."],
    ]);
    expect(entries[2]?.email).toBe(roster.address("old"));
    expect(await roster.user(roster.address("old"))).toBeUndefined();
    expect(await roster.mails(roster.address("old"))).toHaveLength(0);
  });

  it("counts the line of a person that is not left out, wherever it stands", async () => {
    const header = "Email Address [Required],First Name [Required],Status [READ ONLY]";
    const { entries } = await importFile(
      `${header}\nt@acme.test,T,Suspended\nt@acme.test,T,Active\nt@acme.test,T,Suspended\n`,
    );
    expect(entries.map(({ outcome }) => outcome)).toEqual(["skipped", "new", "skipped"]);
  });

  it("takes a flat list, its quotes and its last short person", async () => {
    const { run, entries } = await importFile(
      'Email ID, First Name, Title, User Status,f1@acme.test,Flo,"Head, Ops",New,f2@acme.test,,,New,f3@acme.test,Fay',
    );
    expect(run).toMatchObject({ state: "completed", created: 2, failed: 1 });
    expect(run.assumed).toMatchObject({ flat: true });
    expect(entries.map(({ line }) => line)).toEqual([2, 3, 4]);
    expect(await roster.user(roster.address("f1"))).toMatchObject({ first_name: "Flo", title: "Head, Ops" });
  });

  it("changes nobody when a flat list is found to be shifted late", async () => {
    const people = Array.from({ length: 20_000 }, (_, nth) => `,late${nth}@acme.test,Ann`);
    const { run, entries } = await importFile(
      `Email ID,First Name${people.join("")},surplus${people.join("")}`,
    );
    expect(run).toMatchObject({ state: "failed" });
    expect(run.failure).toMatch(/Field 40003 \(“surplus”\), where person 20001 begins/);
    expect(entries).toHaveLength(0);
    expect(await roster.user(roster.address("late0"))).toBeUndefined();
  });
});

describe("the language of a line", () => {
  it("keeps the language of a line, and invites and mails in it; without one in the account's", async () => {
    await roster.sql`update accounts set default_language = 'es' where id = ${roster.acme.id}`;
    const { entries } = await importFile(
      "Email ID,Language\nl1@acme.test,Deutsch\nl2@acme.test,ja-JP\nl3@acme.test,\nl4@acme.test,Klingon\n",
    );
    expect(entries.map(({ outcome }) => outcome)).toEqual(["new", "new", "new", "failed"]);
    expect(entries[3]?.reason).toBe(
      "Line 5, column B (Language): “Klingon” is not a language that mails are written in. Write en (English), de (Deutsch), es (Español) or ja (日本語), or leave it empty.",
    );
    const kept = await roster.sql`
      select u.language as own, i.language as invited, e.language as mailed from users u
      join invitations i on i.user_id = u.id join emails e on e.subject_id = i.id
      where u.account_id = ${roster.acme.id} and u.email like 'l_@%' order by u.email`;
    expect(kept).toEqual([
      { own: "de", invited: "de", mailed: "de" },
      { own: "ja", invited: "ja", mailed: "ja" },
      { own: null, invited: "es", mailed: "es" },
    ]);
    await importFile(
      "Email ID,Language,User Status\nl1@acme.test,-,Update\nl2@acme.test,Spanish (Mexico),Update\n",
    );
    expect((await roster.user(roster.address("l1")))?.language).toBeNull();
    expect((await roster.user(roster.address("l2")))?.language).toBe("es");
  });
});

describe("a failed line", () => {
  it("says what a failed line may have meant", async () => {
    const { entries } = await importFile(
      "Email ID,User Status\nx@acme.test,Nwe\nEmail ID,User Status\nx@acme.test,New\nX@acme.test,New\n",
    );
    expect(entries.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("Did you mean New?"),
      "Line 3 is the header again, with the names of the columns and no person. Remove the line.",
      null,
      expect.stringMatching(/^Line 5, .*: this address is already in line 4, and that line counts\./),
    ]);
  });
});
