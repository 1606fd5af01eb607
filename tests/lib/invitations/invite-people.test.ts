import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { invitePeople } from "#lib/invitations/invite-people.ts";
import { listLatestInvitations } from "#lib/invitations/list-latest-invitations.ts";
import { openPeople, type People } from "../users/people.ts";

let people: People;
let domain: string;
let made = 0;

beforeAll(async () => {
  people = await openPeople();
  domain = people.acme.domain;
});

afterAll(() => people.end());

const invite = (addresses: string[], message = "", by = people.owner) =>
  people.asApp(() => invitePeople(by, { addresses, message }));

/** The one answer to the one address. */
async function answerTo(address: string) {
  const result = await invite([address]);
  if (!result.ok) throw new Error(result.reason);
  expect(result.answers).toHaveLength(1);
  return result.answers[0]?.is;
}

const fresh = () => `new${++made}@${domain}`;
const userOf = async (email: string) =>
  (
    await people.sql`select * from users where account_id = ${people.acme.id} and email_norm = ${email.toLowerCase()}`
  )[0];
const openOf = (email: string) =>
  people.sql`select * from invitations where account_id = ${people.acme.id} and email_norm = ${email.toLowerCase()} and state = 'open'`;
const mailsOf = (invitationId: string) =>
  people.sql`select key, kind, recipient, state, error, run_id, priority, language from emails where subject_id = ${invitationId}`;
const sendings = async () =>
  people.sql`select details from audit_events where action = 'invitations.sent' and account_id = ${people.acme.id} order by id`;

/** Somebody of this status, with an open invitation or one that ran out where it says so. */
async function known(status: string, offer: "open" | "run out" | null = null) {
  const id = await people.person({ status });
  const email = (await people.row(id)).email as string;
  if (offer === null) return { id, email, invitation: null };
  const invitation = (await people.invite(id)).id;
  if (offer === "run out")
    await people.sql`update invitations set expires_at = now() - interval '1 s' where id = ${invitation}`;
  return { id, email, invitation };
}

describe("invited", () => {
  test("somebody new: one user, one invitation with the message, one mail of no run, one event", async () => {
    const email = `New.Person@${domain}`;
    const before = (await sendings()).length;
    const result = await invite(["", ` ${email} `, ""], "Hello\r\nthere");
    expect(result).toMatchObject({ ok: true, answers: [{ box: 1, text: email, address: email }] });
    const is = result.ok && result.answers[0]?.is;
    expect(is).toMatchObject({ answer: "invited", how: "new", suppressed: null });
    const user = await userOf(email);
    expect(user).toMatchObject({
      email,
      status: "invited",
      email_validation: "pending",
      source: "invite",
      version: 1,
      managed: false,
    });
    const [invitation, ...more] = await openOf(email);
    expect(more).toEqual([]);
    expect(invitation).toMatchObject({
      user_id: user?.id,
      email,
      source: "invite",
      run_id: null,
      invited_by: people.owner.userId,
      message: "Hello\nthere",
      language: "en",
      generation: 1,
    });
    expect(invitation?.expires_at.getTime() - Date.now()).toBeGreaterThan(13.9 * 86_400_000);
    expect(await mailsOf(invitation?.id)).toEqual([
      {
        key: `invitation:${invitation?.id}:1`,
        kind: "invitation",
        recipient: email,
        state: "queued",
        error: null,
        run_id: null,
        priority: 0,
        language: "en",
      },
    ]);
    expect((await sendings()).slice(before)).toEqual([
      { details: { addresses: [email], withMessage: true } },
    ]);
  });

  test.each([
    ["not_invited", null, "not_invited"],
    ["deleted", null, "deleted"],
    ["invited", "run out", "renewed"],
    ["invited", null, "renewed"],
  ] as const)("somebody known: %s, invitation %s", async (status, offer, how) => {
    const { id, email, invitation } = await known(status, offer);
    expect(await answerTo(email.toUpperCase())).toMatchObject({ answer: "invited", how, userId: id });
    expect(await people.row(id)).toMatchObject({ status: "invited", source: "import", first_name: "Bo" });
    const [open, ...more] = await openOf(email);
    expect(more).toEqual([]);
    expect(await mailsOf(open?.id)).toHaveLength(1);
    if (invitation)
      expect(await people.invitation(invitation)).toMatchObject({
        state: "expired",
        ended_at: expect.any(Date),
      });
  });
});

describe("the mail", () => {
  test("in the person's own language, else in the account's", async () => {
    const { id, email } = await known("not_invited");
    await people.sql`update users set language = 'de-AT' where id = ${id}`;
    await people.sql`update accounts set default_language = 'es' where id = ${people.acme.id}`;
    const other = fresh();
    await invite([email, other]);
    await people.sql`update accounts set default_language = 'en' where id = ${people.acme.id}`;
    for (const [address, language] of [
      [email, "de"],
      [other, "es"],
    ] as const) {
      const [open] = await openOf(address);
      expect(open?.language).toBe(language);
      expect(await mailsOf(open?.id)).toMatchObject([{ language }]);
    }
  });

  test("an address that bounced or complained before: nothing goes there, and it says so", async () => {
    for (const reason of ["bounced", "complained"]) {
      const email = fresh();
      await people.sql`insert into suppressed_addresses (account_id, email_norm, reason) values (${people.acme.id}, ${email}, ${reason})`;
      expect(await answerTo(email)).toMatchObject({ answer: "invited", suppressed: reason });
      const [open] = await openOf(email);
      expect(await mailsOf(open?.id)).toMatchObject([{ state: "withdrawn", error: `the address ${reason}` }]);
    }
  });
});

describe("not invited", () => {
  test.each([
    ["active", null, { answer: "already_user", status: "active" }],
    ["signed_up", null, { answer: "already_user", status: "signed_up" }],
    ["invited", "open", { answer: "already_invited" }],
    ["suspended", null, { answer: "suspended" }],
  ] as const)("somebody %s", async (status, offer, expected) => {
    const { id, email, invitation } = await known(status, offer);
    const before = await people.row(id);
    expect(await answerTo(email)).toEqual({
      ...expected,
      userId: id,
      ...(invitation ? { invitationId: invitation } : {}),
    });
    expect(await people.row(id)).toEqual(before);
    expect(await openOf(email)).toHaveLength(invitation ? 1 : 0);
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
    const result = await invite([written.replaceAll("DOMAIN", domain)]);
    expect(result.ok).toBe(true);
    if (!result.ok) return;
    for (const { is } of result.answers) expect(is.answer).toBe("not_an_address");
    const source = sentence?.source.replaceAll("DOMAIN", domain);
    if (source) expect(result.answers[0]?.is).toMatchObject({ text: expect.stringMatching(source) });
  });

  test("a foreign domain, with those of the account and what may have been meant", async () => {
    await people.sql`insert into account_domains (account_id, domain) values (${people.acme.id}, 'not-yet-verified.test')`;
    expect(await answerTo("bo@elsewhere.example")).toEqual({
      answer: "foreign_domain",
      domains: [domain],
      text: `“bo@elsewhere.example” is not in a domain of this account (${domain}). Use an address of this account.`,
    });
    expect(await answerTo(`bo@${domain.replace(".test", ".tset")}`)).toMatchObject({
      answer: "foreign_domain",
      text: expect.stringContaining(`Did you mean @${domain}?`),
    });
    expect(await answerTo("bo@not-yet-verified.test")).toMatchObject({ answer: "foreign_domain" });
    expect(await answerTo(people.other.owner.email)).toMatchObject({ answer: "foreign_domain" });
    expect(await people.sql`select 1 from users where email = 'bo@not-yet-verified.test'`).toHaveLength(0);
  });
});

describe("refused", () => {
  test("nobody, too many, and a message that cannot be sent: nothing happens at all", async () => {
    const email = fresh();
    expect(await invite(["", " , ;\r\n"])).toEqual({ ok: false, reason: "nobody" });
    const six = Array.from({ length: 6 }, (_, at) => `six${at}@${domain}`);
    expect(await invite([six.join(",")])).toEqual({ ok: false, reason: "too_many", count: 6 });
    expect(await invite([...six.slice(1), `${six[0]};`])).toMatchObject({ reason: "too_many" });
    expect(await invite([email], "see evil.example")).toEqual({
      ok: false,
      reason: "message",
      fault: { ok: false, reason: "link", line: 1, link: "evil.example" },
    });
    expect(await invite([email], "x".repeat(1001))).toMatchObject({
      reason: "message",
      fault: { length: 1001 },
    });
    expect(await userOf(email)).toBeUndefined();
    expect(await people.sql`select 1 from users where email like 'six%'`).toHaveLength(0);
  });

  test("ten thousand at once are told so at once", async () => {
    const list = Array.from({ length: 10_000 }, (_, at) => `"Doe, ${at}" <p${at}@${domain}>`).join("\r\n");
    const started = performance.now();
    expect(await invite([list])).toEqual({ ok: false, reason: "too_many", count: 10_000 });
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

test("each of a pasted list gets its own answer, the good ones are invited", async () => {
  const [one, two] = [fresh(), fresh()];
  const active = await known("active");
  const result = await invite([
    `"Doe, J" <${one}>; ${active.email},nobody`,
    "",
    `${two}\n${one.toUpperCase()}`,
  ]);
  expect(result).toMatchObject({
    ok: true,
    answers: [
      { box: 0, text: `"Doe, J" <${one}>`, address: one, is: { answer: "invited" } },
      { box: 0, address: active.email, is: { answer: "already_user" } },
      { box: 0, address: "nobody", is: { answer: "not_an_address" } },
      { box: 2, address: two, is: { answer: "invited" } },
      { box: 2, is: { answer: "repeated" } },
    ],
  });
  expect((await sendings()).at(-1)?.details).toEqual({ addresses: [one, two], withMessage: false });
});

describe("at the same moment", () => {
  const counts = (answers: (string | undefined)[]) =>
    Object.fromEntries(
      Map.groupBy(answers, (a) => a)
        .entries()
        .map(([k, v]) => [k, v.length]),
    );

  test("the same form fifty times: one invitation and one mail each", async () => {
    const addresses = [
      fresh(),
      (await known("not_invited")).email,
      (await known("invited", "run out")).email,
      fresh(),
    ];
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, n) => invite(n % 2 ? addresses : addresses.toReversed())),
    );
    const given = all.flatMap((result) =>
      result.ok ? result.answers.map(({ is }) => is.answer) : [result.reason],
    );
    expect(counts(given)).toEqual({ invited: 4, already_invited: 196 });
    for (const address of addresses) {
      const [open, ...more] = await openOf(address);
      expect(more).toEqual([]);
      expect(await mailsOf(open?.id)).toHaveLength(1);
    }
  });

  test("two admins: the second is told of the first's invitation", async () => {
    const email = fresh();
    const second = people.actor(await people.person(), ["enrollment.invite"]);
    const both = await Promise.all([invite([email]), invite([email], "", second)]);
    const is = both.flatMap((result) => (result.ok ? result.answers.map((answer) => answer.is) : []));
    const [open] = await openOf(email);
    expect(is.map(({ answer }) => answer).toSorted()).toEqual(["already_invited", "invited"]);
    for (const each of is) expect(each).toMatchObject({ invitationId: open?.id });
  });
});

test("the latest invitations are the account's newest twenty, with what became of their mails", async () => {
  const emails = Array.from({ length: 21 }, fresh);
  for (const email of emails) await invite([email]);
  const [last] = await openOf(emails.at(-1) as string);
  await people.sql`update emails set state = 'sent', bounced_at = now() where subject_id = ${last?.id}`;
  const [before] = await openOf(emails.at(-2) as string);
  await people.sql`update invitations set expires_at = now() where id = ${before?.id}`;
  const listed = await people.asApp(() => listLatestInvitations(people.owner));
  expect(listed.map(({ email }) => email)).toEqual(emails.slice(1).toReversed());
  expect(listed.slice(0, 3)).toMatchObject([
    { state: "open", mail: { state: "sent", told: "bounced" }, invitedBy: "Ada Owner" },
    { state: "expired", mail: { state: "queued", told: null } },
    { state: "open", mail: { state: "queued" } },
  ]);
  expect(await people.asApp(() => listLatestInvitations(people.stranger))).toEqual([]);
});
