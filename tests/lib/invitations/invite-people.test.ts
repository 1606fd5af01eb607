import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listLatestInvitations } from "#lib/invitations/list-latest-invitations.ts";
import { type Inviting, openInviting } from "./inviting.ts";

let people: Inviting;
let domain: string;

beforeAll(async () => {
  people = await openInviting();
  domain = people.domain;
});

afterAll(() => people.end());

describe("invited", () => {
  test("somebody new: one user, one invitation with the message, one mail of no run, one event", async () => {
    const email = `New.Person@${domain}`;
    const before = (await people.sendings()).length;
    const result = await people.inviteThem(["", ` ${email} `, ""], "Hello\r\nthere");
    expect(result).toMatchObject({ ok: true, answers: [{ box: 1, text: email, address: email }] });
    const is = result.ok && result.answers[0]?.is;
    expect(is).toMatchObject({ answer: "invited", how: "new", suppressed: null });
    const user = await people.userOf(email);
    expect(user).toMatchObject({
      email,
      status: "invited",
      email_validation: "pending",
      source: "invite",
      version: 1,
      managed: false,
    });
    const [invitation, ...more] = await people.openOf(email);
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
    expect(await people.mailsOf(invitation?.id)).toEqual([
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
    expect((await people.sendings()).slice(before)).toEqual([
      { details: { addresses: [email], withMessage: true } },
    ]);
  });

  test.each([
    ["not_invited", null, "not_invited"],
    ["deleted", null, "deleted"],
    ["invited", "run out", "renewed"],
    ["invited", null, "renewed"],
  ] as const)("somebody known: %s, invitation %s", async (status, offer, how) => {
    const { id, email, invitation } = await people.known(status, offer);
    expect(await people.answerTo(email.toUpperCase())).toMatchObject({ answer: "invited", how, userId: id });
    expect(await people.row(id)).toMatchObject({ status: "invited", source: "import", first_name: "Bo" });
    const [open, ...more] = await people.openOf(email);
    expect(more).toEqual([]);
    expect(await people.mailsOf(open?.id)).toHaveLength(1);
    if (invitation)
      expect(await people.invitation(invitation)).toMatchObject({
        state: "expired",
        ended_at: expect.any(Date),
      });
  });
});

describe("the mail", () => {
  test("in the person's own language, else in the account's", async () => {
    const { id, email } = await people.known("not_invited");
    await people.sql`update users set language = 'de-AT' where id = ${id}`;
    await people.sql`update accounts set default_language = 'es' where id = ${people.acme.id}`;
    const other = people.fresh();
    await people.inviteThem([email, other]);
    await people.sql`update accounts set default_language = 'en' where id = ${people.acme.id}`;
    for (const [address, language] of [
      [email, "de"],
      [other, "es"],
    ] as const) {
      const [open] = await people.openOf(address);
      expect(open?.language).toBe(language);
      expect(await people.mailsOf(open?.id)).toMatchObject([{ language }]);
    }
  });

  test("an address that bounced or complained before: nothing goes there, and it says so", async () => {
    for (const reason of ["bounced", "complained"]) {
      const email = people.fresh();
      await people.sql`insert into suppressed_addresses (account_id, email_norm, reason) values (${people.acme.id}, ${email}, ${reason})`;
      expect(await people.answerTo(email)).toMatchObject({ answer: "invited", suppressed: reason });
      const [open] = await people.openOf(email);
      expect(await people.mailsOf(open?.id)).toMatchObject([
        { state: "withdrawn", error: `the address ${reason}` },
      ]);
    }
  });
});

test("each of a pasted list gets its own answer, the good ones are invited", async () => {
  const [one, two] = [people.fresh(), people.fresh()];
  const active = await people.known("active");
  const result = await people.inviteThem([
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
  expect((await people.sendings()).at(-1)?.details).toEqual({ addresses: [one, two], withMessage: false });
});

describe("at the same moment", () => {
  const counts = (answers: string[]) =>
    Object.fromEntries([...Map.groupBy(answers, (each) => each)].map(([each, all]) => [each, all.length]));

  test("the same form fifty times: one invitation and one mail each", async () => {
    const addresses = [
      people.fresh(),
      (await people.known("not_invited")).email,
      (await people.known("invited", "run out")).email,
      people.fresh(),
    ];
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, n) => people.inviteThem(n % 2 ? addresses : addresses.toReversed())),
    );
    const given = all.flatMap((result) =>
      result.ok ? result.answers.map(({ is }) => is.answer) : [result.reason],
    );
    expect(counts(given)).toEqual({ invited: 4, already_invited: 196 });
    for (const address of addresses) {
      const [open, ...more] = await people.openOf(address);
      expect(more).toEqual([]);
      expect(await people.mailsOf(open?.id)).toHaveLength(1);
    }
  });

  // Nobody new is among them, so that no unique index makes one wait for the other.
  test("people who are known, twenty times, in either order", async () => {
    const known = [await people.known("not_invited"), await people.known("invited", "run out")];
    const addresses = known.map(({ email }) => email);
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, n) => people.inviteThem(n % 2 ? addresses : addresses.toReversed())),
    );
    const given = all.flatMap((result) =>
      result.ok ? result.answers.map(({ is }) => is.answer) : [result.reason],
    );
    expect(counts(given)).toEqual({ invited: 2, already_invited: 38 });
  });

  test("two admins: the second is told of the first's invitation", async () => {
    const email = people.fresh();
    const second = people.actor(await people.person(), ["enrollment.invite"]);
    const both = await Promise.all([people.inviteThem([email]), people.inviteThem([email], "", second)]);
    const is = both.flatMap((result) => (result.ok ? result.answers.map((answer) => answer.is) : []));
    const [open] = await people.openOf(email);
    expect(is.map(({ answer }) => answer).toSorted()).toEqual(["already_invited", "invited"]);
    for (const each of is) expect(each).toMatchObject({ invitationId: open?.id });
  });
});

test("the latest invitations are the account's newest twenty, with what became of their mails", async () => {
  const emails = Array.from({ length: 21 }, people.fresh);
  for (const email of emails) await people.inviteThem([email]);
  const [last] = await people.openOf(emails.at(-1) as string);
  await people.sql`update emails set state = 'sent', bounced_at = now() where subject_id = ${last?.id}`;
  const [before] = await people.openOf(emails.at(-2) as string);
  await people.sql`update invitations set expires_at = now() where id = ${before?.id}`;
  const listed = await people.asApp(() => listLatestInvitations(people.owner));
  expect(listed.map(({ email }) => email)).toEqual(emails.slice(1).toReversed());
  expect(listed.slice(0, 3)).toMatchObject([
    { state: "open", mail: "bounced", invitedBy: "Ada Owner" },
    { state: "expired", mail: "queued" },
    { state: "open", mail: "queued" },
  ]);
  expect(await people.asApp(() => listLatestInvitations(people.stranger))).toEqual([]);
});
