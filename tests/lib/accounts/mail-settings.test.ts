import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changeMailSettings } from "#lib/accounts/change-mail-settings.ts";
import { findMailSettings } from "#lib/accounts/find-mail-settings.ts";
import { ownTextFields } from "#lib/mail/own-text-field.ts";
import { previewMail } from "#lib/mail/preview-mail.ts";
import { ownerOf } from "#tests/support/account-owner.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";
import { makeAccount } from "#tests/support/make-account.ts";

type Wish = Parameters<typeof changeMailSettings>[1];

let roles: Roles;

beforeAll(async () => {
  roles = await openRoles();
});

afterAll(() => roles.end());

const app = <T>(work: () => Promise<T>) => roles.as("app", work);
const owner = async () =>
  ownerOf(await roles.as("owner", () => makeAccount(randomBytes(32).toString("base64"))));
const usual = {
  senderName: null,
  replyTo: null,
  logoColor: null,
  defaultLanguage: "en",
  reminderDays: 3,
  quietFrom: null,
  quietTo: null,
  timeZone: "UTC",
  startHereUrl: null,
  ...Object.fromEntries(ownTextFields.map((field) => [field, null])),
} as Wish;

describe("bad input changes nothing and is told at its field", () => {
  const linked = /link of “/;
  test.each<[keyof Wish, unknown, RegExp]>([
    ["senderName", "x".repeat(101), /101 characters/],
    ["senderName", "Acme\r\nBcc: eve@evil.example", /cannot be seen/],
    ["senderName", "Ac\u202eme", /cannot be seen/],
    ["senderName", 'Acme" <boss@bank.example>', /cannot hold/],
    ["senderName", "boss@bank.example", /not a link/],
    ["senderName", "bank.example", /not a link/],
    ["replyTo", "nobody", /not a valid e-mail address/],
    ["replyTo", "a@b.test, c@d.test", /not a valid e-mail address/],
    ["replyTo", "a@b.test\r\nBcc: eve@evil.example", /not a valid e-mail address/],
    ["replyTo", "Dana <a@b.test>", /not a valid e-mail address/],
    ["logoColor", "red", /like #005757/],
    ["logoColor", "#fff", /like #005757/],
    ["logoColor", "#005757;}", /like #005757/],
    ["defaultLanguage", "fr", /one of these languages/],
    ["reminderDays", 0, /1 to 60/],
    ["reminderDays", 61, /1 to 60/],
    ["reminderDays", Number.NaN, /1 to 60/],
    ["timeZone", "Mars/Olympus", /one of these time zones/],
    ["startHereUrl", "javascript:alert(1)", /begins with https/],
    ["startHereUrl", "intranet", /begins with https/],
    ["startHereUrl", "https://a.test/ b", /begins with https/],
    ["startHereUrl", "https://user:secret@a.test/", /user and password/],
    ["startHereUrl", `https://a.test/${"x".repeat(500)}`, /longer than 500/],
    ["text.invitation.de", "Mehr auf http://evil.example", linked],
    ["text.invitation.ja", "詳しくは evil.example まで", linked],
    ["text.reminder.en", "Write to boss@evil.example", linked],
    ["text.reminder.es", "www.evil.example", linked],
    ["text.reminder.es", "javascript:alert(1)", linked],
    ["text.invitation.en", "see ht\u200btp://evil\u2060.example", linked],
    ["text.invitation.en", "a\0b", /cannot be shown/],
    ["text.invitation.en", "x".repeat(2001), /2,001 characters/],
  ])("%s: %j", async (field, value, sentence) => {
    const actor = await owner();
    const asked = await app(() => changeMailSettings(actor, { ...usual, [field]: value } as Wish));
    expect(asked).toEqual({
      ok: false,
      reason: "bad_field",
      faults: { [field]: expect.stringMatching(sentence) },
    });
    expect(await app(() => findMailSettings(actor))).toEqual({ ...usual, dailyMailCap: null });
  });

  test.each([
    [22 * 60, null, "quietTo"],
    [null, 6 * 60, "quietFrom"],
    [60, 60, "quietTo"],
    [-1, 60, "quietFrom"],
    [60, 1440, "quietTo"],
    [Number.NaN, 60, "quietFrom"],
  ])("quiet from %s to %s", async (quietFrom, quietTo, field) => {
    const actor = await owner();
    const asked = await app(() => changeMailSettings(actor, { ...usual, quietFrom, quietTo }));
    expect(asked).toEqual({ ok: false, reason: "bad_field", faults: { [field]: expect.any(String) } });
  });

  test("all faults are told at once", async () => {
    const actor = await owner();
    const asked = await app(() => changeMailSettings(actor, { ...usual, replyTo: "x", logoColor: "y" }));
    expect(Object.keys("faults" in asked ? asked.faults : {})).toEqual(["replyTo", "logoColor"]);
  });
});

const wish: Wish = {
  ...usual,
  senderName: "Acme, Söhne & Co.",
  replyTo: "help@acme.test",
  logoColor: "#aa3300",
  defaultLanguage: "ja",
  reminderDays: null,
  quietFrom: 22 * 60,
  quietTo: 6 * 60,
  timeZone: "Asia/Tokyo",
  startHereUrl: "https://intranet.acme.test/start?x=1#y",
  "text.invitation.ja": "新しい仕事場です。ようこそ。",
  "text.invitation.de": "  Unser neues Zuhause.\r\nBis bald, z.B. am Montag!  ",
};

test("what changed is kept and written, with what was before, and of nothing there is no event", async () => {
  const actor = await owner();
  const events = () => roles.sql`
    select details from audit_events where account_id = ${actor.accountId} and action = 'mail_settings.changed' order by id`;
  expect(await app(() => changeMailSettings(actor, usual))).toEqual({ ok: true, changed: 0 });
  expect(await events()).toHaveLength(0);
  expect(await app(() => changeMailSettings(actor, wish))).toEqual({ ok: true, changed: 11 });
  const kept = { ...wish, "text.invitation.de": "Unser neues Zuhause.\nBis bald, z.B. am Montag!" };
  expect(await app(() => findMailSettings(actor))).toEqual({ ...kept, dailyMailCap: null });
  expect(await app(() => changeMailSettings(actor, { ...kept, "text.invitation.ja": " " }))).toEqual({
    ok: true,
    changed: 1,
  });
  const [first, second] = await events();
  expect(first?.details.changes).toContainEqual({ field: "reminderDays", before: "3", after: null });
  expect(first?.details.changes).toContainEqual({ field: "logoColor", before: null, after: "#aa3300" });
  expect(second?.details.changes).toEqual([
    { field: "text.invitation.ja", before: "新しい仕事場です。ようこそ。", after: null },
  ]);
});

test("every time zone that can be chosen is one to the database", async () => {
  const known = await roles.sql<{ name: string }[]>`select name from pg_timezone_names`;
  const names = new Set(known.map(({ name }) => name));
  expect(Intl.supportedValuesOf("timeZone").filter((zone) => !names.has(zone))).toEqual([]);
});

test("the preview is the mail as it would go to whoever looks", async () => {
  const actor = await owner();
  await app(() => changeMailSettings(actor, wish));
  const mail = await app(() => previewMail(actor, "invitation", "ja", "https://rollcall.example"));
  expect(mail).toMatchObject({ from: "Acme, Söhne & Co.", replyTo: "help@acme.test" });
  expect(mail.html).toContain("background:#aa3300");
  for (const part of [mail.html, mail.text]) {
    expect(part).toContain("新しい仕事場です。ようこそ。");
    expect(part).toContain(actor.userEmail);
    expect(part).toMatch(/\d{4}年\d{1,2}月\d{1,2}日/);
  }
  const other = await app(() => previewMail(actor, "reminder", "es", "https://rollcall.example"));
  expect(other.text).toContain("Todavía no se ha unido.");
});

test("what the old quiet hours hold back is judged by the new ones at once", async () => {
  const actor = await owner();
  const released = () =>
    roles.sql`select from pgboss.job where name = 'release-mails' and data = ${roles.sql.json({ accountId: actor.accountId })}`;
  await app(() => changeMailSettings(actor, { ...usual, senderName: "Acme" }));
  expect(await released()).toHaveLength(0);
  await app(() => changeMailSettings(actor, { ...usual, senderName: "Acme", quietFrom: 60, quietTo: 120 }));
  expect(await released()).toHaveLength(1);
});
