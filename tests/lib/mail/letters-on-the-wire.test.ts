import { afterAll, beforeAll, expect, test } from "vitest";
import type { Letter } from "#lib/mail/pump/letter.ts";
import { letterHeaders } from "#lib/mail/pump/letter-headers.ts";
import { renderLetter } from "#lib/mail/pump/render-letter.ts";
import { resendTransport } from "#lib/mail/transport/resend.ts";
import { smtpTransport } from "#lib/mail/transport/smtp.ts";
import type { RenderedMail } from "#lib/mail/transport/transport.ts";
import { startResendStub } from "#tests/support/resend-stub.ts";
import { startSmtpSink } from "#tests/support/smtp-sink.ts";
import { sampleLetter } from "./sample-letter.ts";
import { everyMail, hostile } from "./sample-values.ts";

const stationery = {
  baseUrl: "https://rollcall.example/",
  tokenKey: Buffer.alloc(32, 7).toString("base64"),
};
const from = "Rollcall <noreply@rollcall.test>";

let sink: Awaited<ReturnType<typeof startSmtpSink>>;
let stub: Awaited<ReturnType<typeof startResendStub>>;
beforeAll(async () => {
  sink = await startSmtpSink();
  stub = await startResendStub();
});
afterAll(async () => {
  await sink.stop();
  await stub.stop();
});

const run = {
  kind: "import",
  state: "completed",
  file: "people.csv",
  by_schedule: false,
  asked_by: "Lee Park",
  rows: 3,
  created: 3,
  updated: 0,
  deleted: 0,
  activated: 0,
  unchanged: 0,
  skipped: 0,
  failed: 0,
  guarded: false,
  held_back: 7,
};

/** Every kind in every language, to people p0 … p31, with this text wherever a person could have put it. */
function lettersWith(text: string, changes: Partial<Letter> = {}): RenderedMail[] {
  return everyMail.map(({ kind, language }, index) => {
    const recipient = `p${index}@acme.test`;
    const letter = sampleLetter({
      ...{
        kind,
        language,
        recipient,
        reply_to: "help@acme.test",
        expires_at: new Date("2026-12-06T10:15:00Z"),
      },
      ...{ account_name: `A ${text}`, sender_name: text, inviter_name: `I ${text}`, message: text },
      ...{ own_text: `O ${text}`, run: { ...run, file: `${text}.csv`, asked_by: `B ${text}` } },
      ...changes,
    });
    const headers = letterHeaders(letter, stationery);
    return {
      id: `id-${index}`,
      accountId: "account-1",
      recipient,
      headers,
      ...renderLetter(letter, stationery),
    };
  });
}

/** Of the bytes of a mail: its headers, each unfolded, and its two parts. */
function take(source: string) {
  const [head = "", ...body] = source.split("\r\n\r\n");
  const headers = head.replace(/\r\n[ \t]+/g, " ").split("\r\n");
  const boundary = /boundary="([^"]+)"/.exec(head)?.[1] ?? "";
  const parts = body.join("\r\n\r\n").split(`--${boundary}`).slice(1, -1).map(decode);
  return { headers, parts };
}

function decode(part: string): string {
  const [head = "", ...body] = part.split("\r\n\r\n");
  const text = body.join("\r\n\r\n");
  if (/base64/i.test(head)) return Buffer.from(text, "base64").toString();
  const bytes = text
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString();
}

const known =
  /^(From|Reply-To|To|Subject|Message-ID|Date|MIME-Version|Content-Type|List-Unsubscribe(-Post)?): /i;
const reminders = new Set(
  everyMail.flatMap(({ kind }, index) => (kind === "reminder" ? [`p${index}@acme.test`] : [])),
);

// What could change the shape of a mail; that no text brings a link is checked before, where mails are filled.
const shaping = hostile.filter(([what]) =>
  ["markup", "a header", "a lone CR, VT, NEL and line separators", "an address", "ten kilobytes"].includes(
    what,
  ),
);

test("there are five texts that could", () => expect(shaping).toHaveLength(5));

test.each(shaping)("with %s in every place: one recipient, our headers alone, one link", async (_, text) => {
  const mails = lettersWith(text);
  const smtp = smtpTransport({ url: sink.url, from, timeoutMs: 3000 });
  sink.received.length = 0;
  await smtp.deliver(mails, { idempotencyKey: "unused" });
  await smtp.close();
  expect(sink.received).toHaveLength(mails.length);
  for (const { recipients, recipient, source } of sink.received) {
    const { headers, parts } = take(source);
    expect(recipients).toEqual([recipient]);
    expect(headers.filter((header) => !known.test(header))).toEqual([]);
    const named = (name: string) => headers.filter((header) => header.startsWith(`${name}: `));
    for (const name of ["From", "Reply-To", "To", "Subject", "Message-ID", "Content-Type"])
      expect(named(name)).toHaveLength(1);
    expect(named("To")).toEqual([`To: ${recipient}`]);
    expect(named("Reply-To")).toEqual(["Reply-To: help@acme.test"]);
    expect(headers.filter((header) => /^List-/i.test(header))).toHaveLength(reminders.has(recipient) ? 2 : 0);
    expect(named("From")[0]).toMatch(/^From: [^<>@]+ <noreply@rollcall\.test>$/);
    expect(parts).toHaveLength(2);
    for (const part of parts)
      expect(part.match(/https?:\/\/(?!www\.w3\.org)[^\s"<]+/gi)).toEqual([
        expect.stringMatching(/^https:\/\/rollcall\.example\/[\w/-]+$/),
      ]);
  }
});

test.each(hostile)("with %s in every place: what the provider is asked", async (what, text) => {
  const mails = lettersWith(text);
  const resend = resendTransport({ apiKey: stub.apiKey, from, baseUrl: stub.url });
  const { outcomes } = await resend.deliver(mails, { idempotencyKey: what });
  expect(new Set(outcomes.map((outcome) => outcome.kind))).toEqual(new Set(["accepted"]));
  for (const [index, mail] of stub.latest().entries()) {
    expect(Object.keys(mail).sort()).toEqual([
      "from",
      "headers",
      "html",
      "reply_to",
      "subject",
      "tags",
      "text",
      "to",
    ]);
    expect(Object.keys(mail.headers ?? {})).toEqual([
      "Message-ID",
      ...(reminders.has(String(mail.to)) ? ["List-Unsubscribe", "List-Unsubscribe-Post"] : []),
    ]);
    expect([mail.to, mail.reply_to]).toEqual([`p${index}@acme.test`, "help@acme.test"]);
    expect(mail.from).toMatch(/^"[^"<>@\\\p{Cc}]+ via Rollcall" <noreply@rollcall\.test>$/u);
  }
});

test("the sender is the account's own name for it, or else its name; answers go to the sender", async () => {
  const [named] = lettersWith("Grüße & Co.", { sender_name: "Büro Süd", reply_to: null });
  const [unnamed] = lettersWith("x", { sender_name: null, account_name: "山田, Inc.", reply_to: null });
  if (!named || !unnamed) throw new Error("no mail");
  const smtp = smtpTransport({ url: sink.url, from: "noreply@rollcall.test", timeoutMs: 3000 });
  sink.received.length = 0;
  await smtp.deliver([named], { idempotencyKey: "unused" });
  await smtp.deliver([unnamed], { idempotencyKey: "unused" });
  await smtp.close();
  const [first, second] = sink.received.map(({ source }) => take(source).headers);
  expect(first?.find((header) => header.startsWith("From"))).toBe(
    "From: =?UTF-8?Q?B=C3=BCro_S=C3=BCd_via_Rollcall?= <noreply@rollcall.test>",
  );
  expect(second?.find((header) => header.startsWith("From"))).toMatch(
    /^From: (=\?UTF-8\?[BQ]\?\S+\?= )+<noreply@/,
  );
  expect(first?.some((header) => header.startsWith("Reply-To"))).toBe(false);
  const resend = resendTransport({
    apiKey: stub.apiKey,
    from: "Join <noreply@rollcall.test>",
    baseUrl: stub.url,
  });
  await resend.deliver([unnamed], { idempotencyKey: "names" });
  expect(stub.latest()[0]?.from).toBe('"山田, Inc. via Join" <noreply@rollcall.test>');
});

test.each([
  ["invitation", /\/join\/[\w-]+$/],
  ["reminder", /\/join\/[\w-]+$/],
  ["sign_in_link", /\/sign-in\/[\w-]+$/],
  ["address_proof", /\/verify\/[\w-]+$/],
  ["account_activated", /\/sign-in$/],
  ["run_ended", /\/a\/acme\/runs\/[\w-]+$/],
  ["removals_waiting", /\/a\/acme\/runs\/[\w-]+$/],
  ["mail_stopped", /\/a\/acme$/],
  ["sync_failed", /\/a\/acme\/runs\/[\w-]+$/],
  ["sync_overdue", /\/a\/acme\/enrollment\/directory-sync$/],
])("%s leads to its page", (kind, path) => {
  const expires_at = new Date("2026-12-06T10:15:00Z");
  const { text } = renderLetter(sampleLetter({ kind, run, expires_at }), stationery);
  expect(text.match(/https:\S+/)?.[0]).toMatch(path);
});

test("a reminder leads where its invitation leads", () => {
  const expires_at = new Date("2026-12-06T10:15:00Z");
  const [invitation, reminder] = ["invitation", "reminder"].map((kind) =>
    renderLetter(sampleLetter({ kind, generation: 3, expires_at }), stationery).text.match(/https:\S+/),
  );
  expect(reminder?.[0]).toBe(invitation?.[0]);
});

test.each([
  ["en", "6 December 2026", "6 December 2026 at 19:15 GMT+9"],
  ["de", "6. Dezember 2026", "6. Dezember 2026 um 19:15 GMT+9"],
  ["es", "6 de diciembre de 2026", "6 de diciembre de 2026 a las 19:15 GMT+9"],
  ["ja", "2026年12月6日", "2026年12月6日 19:15 JST"],
])("dates in %s are by the account's clocks", (language, day, minute) => {
  const changes = { language, time_zone: "Asia/Tokyo", expires_at: new Date("2026-12-06T10:15:00Z") };
  const told = (kind: string) => renderLetter(sampleLetter({ ...changes, kind }), stationery).text;
  expect(told("invitation")).toContain(day);
  expect(told("sign_in_link")).toContain(minute);
});

test.each([
  ["de", "10.250 Zeilen: 10.000 neu, 50 fehlgeschlagen. Die fehlgeschlagenen Zeilen"],
  ["es", "10.250 líneas: 10.000 nuevas, 50 fallidas. Las líneas fallidas"],
  ["ja", "10,250行：新規10,000件、失敗50件。失敗した行は"],
])("the counts of a run in %s", (language, counts) => {
  const ended = { ...run, rows: 10_250, created: 10_000, failed: 50, held_back: 0 };
  const { text } = renderLetter(sampleLetter({ kind: "run_ended", language, run: ended }), stationery);
  expect(text).toContain(counts);
});
