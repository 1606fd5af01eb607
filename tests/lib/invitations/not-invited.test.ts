import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Inviting, openInviting } from "./inviting.ts";

let people: Inviting;
let domain: string;

beforeAll(async () => {
  people = await openInviting();
  domain = people.domain;
});

afterAll(() => people.end());

describe("not invited", () => {
  test.each([
    ["active", null, { answer: "already_user", status: "active" }],
    ["signed_up", null, { answer: "already_user", status: "signed_up" }],
    ["invited", "open", { answer: "already_invited" }],
    ["suspended", null, { answer: "suspended" }],
  ] as const)("somebody %s", async (status, offer, expected) => {
    const { id, email, invitation } = await people.known(status, offer);
    const before = await people.row(id);
    expect(await people.answerTo(email)).toEqual({
      ...expected,
      userId: id,
      ...(invitation ? { invitationId: invitation } : {}),
    });
    expect(await people.row(id)).toEqual(before);
    expect(await people.openOf(email)).toHaveLength(invitation ? 1 : 0);
  });

  test.each([
    ["nobody", /not a valid e-mail address. Write one address like name@/],
    ["<>", /not a valid e-mail address/],
    [`gr ace@DOMAIN`, /Did you mean “grace@DOMAIN”\?/],
    [`mailto:grace@DOMAIN`, /Did you mean “grace@DOMAIN”\?/],
    [`gr\u0000ace@DOMAIN`, /“gr\ufffdace@DOMAIN” is not a valid/],
    [`gr\u202eace@DOMAIN`, /character 3 \(U\+202E\) cannot stand in one/],
    [`<script>alert(1)</script>@DOMAIN`, /not a valid e-mail address/],
    [`\u212aurt@DOMAIN`, /character 1 .*U\+212A/],
    [`${"a".repeat(10_240)}@DOMAIN`, /not a valid e-mail address/],
    ["x\r\nBcc: y", null],
  ])("%j is not an address", async (written, sentence) => {
    const result = await people.inviteThem([written.replaceAll("DOMAIN", domain)]);
    expect(result.ok).toBe(true);
    if (!result.ok) return;
    for (const { is } of result.answers) expect(is.answer).toBe("not_an_address");
    const source = sentence?.source.replaceAll("DOMAIN", domain);
    if (source) expect(result.answers[0]?.is).toMatchObject({ text: expect.stringMatching(source) });
  });

  test("a foreign domain, with those of the account and what may have been meant", async () => {
    await people.sql`insert into account_domains (account_id, domain) values (${people.acme.id}, 'not-yet-verified.test')`;
    expect(await people.answerTo("bo@elsewhere.example")).toEqual({
      answer: "foreign_domain",
      domains: [domain],
      text: `“bo@elsewhere.example” is not in a domain of this account (${domain}). Use an address of this account.`,
    });
    expect(await people.answerTo(`bo@${domain.replace(".test", ".tset")}`)).toMatchObject({
      answer: "foreign_domain",
      text: expect.stringContaining(`Did you mean @${domain}?`),
    });
    expect(await people.answerTo("bo@not-yet-verified.test")).toMatchObject({ answer: "foreign_domain" });
    expect(await people.answerTo(people.other.owner.email)).toMatchObject({ answer: "foreign_domain" });
    expect(await people.sql`select 1 from users where email = 'bo@not-yet-verified.test'`).toHaveLength(0);
  });
});

describe("refused", () => {
  test("nobody, too many, and a message that cannot be sent: nothing happens at all", async () => {
    const email = people.fresh();
    expect(await people.inviteThem(["", " , ;\r\n"])).toEqual({ ok: false, reason: "nobody" });
    const six = Array.from({ length: 6 }, (_, at) => `six${at}@${domain}`);
    expect(await people.inviteThem([six.join(",")])).toEqual({ ok: false, reason: "too_many", count: 6 });
    expect(await people.inviteThem([...six.slice(1), `${six[0]};`])).toMatchObject({ reason: "too_many" });
    expect(await people.inviteThem([email], "see evil.example")).toEqual({
      ok: false,
      reason: "message",
      fault: { ok: false, reason: "link", line: 1, link: "evil.example" },
    });
    expect(await people.inviteThem([email], "x".repeat(1001))).toMatchObject({
      reason: "message",
      fault: { length: 1001 },
    });
    expect(await people.userOf(email)).toBeUndefined();
    expect(await people.sql`select 1 from users where email like 'six%'`).toHaveLength(0);
  });

  test("ten thousand at once are told so at once", async () => {
    const list = Array.from({ length: 10_000 }, (_, at) => `"Doe, ${at}" <p${at}@${domain}>`).join("\r\n");
    const started = performance.now();
    expect(await people.inviteThem([list])).toEqual({ ok: false, reason: "too_many", count: 10_000 });
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
