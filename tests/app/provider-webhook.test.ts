import { NextRequest } from "next/server";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { POST as stop } from "#app/(public)/unsubscribe/[token]/stop/route.ts";
import { POST as tell } from "#app/api/webhooks/resend/route.ts";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { mintLinkToken } from "#lib/secrets/link-token.ts";
import type { CopiedDatabase } from "#tests/support/copy-template.ts";
import { providerEvent, webhookSecret } from "#tests/support/provider-event.ts";
import { testDatabase } from "#tests/support/test-database.ts";
import { proxy } from "../../proxy.ts";
import { seedMails } from "../lib/mail/seed-mails.ts";

let database: CopiedDatabase;
let book: postgres.Sql;
let mail: { id: string; account_id: string; subject_id: string };

beforeAll(async () => {
  database = await testDatabase();
  Object.assign(process.env, database.environment, { RESEND_WEBHOOK_SECRET: webhookSecret });
  // As the web process: the role that answers these requests.
  openDatabase(database.appUrl);
  await seedMails(database.superUrl, { mails: 1, run: true });
  book = postgres(database.superUrl, { max: 1, onnotice: () => {} });
  const [row] = await book`update emails set state = 'unknown' returning id, account_id, subject_id`;
  mail = row as typeof mail;
});
afterAll(async () => {
  await closeDatabase();
  await book.end();
  await database.drop();
});

const post = (notice: ReturnType<typeof providerEvent>, more: Record<string, string> = {}) =>
  tell(
    new Request("http://127.0.0.1/api/webhooks/resend", {
      method: "POST",
      body: notice.body,
      headers: {
        "svix-id": notice.id,
        "svix-timestamp": notice.timestamp ?? "",
        "svix-signature": notice.signature ?? "",
        ...more,
      },
    }),
  );
const event = (type: string) => providerEvent({ type, accountId: mail.account_id, mailId: mail.id });

test("what the provider signed is written down by the web's own role; forged, too long or empty it is not, and no answer says why", async () => {
  const good = event("email.bounced");
  expect((await post({ ...good, body: `${good.body} ` })).status).toBe(400);
  expect((await post({ ...good, signature: null })).status).toBe(400);
  const long = { ...good, body: good.body + " ".repeat(256 * 1024) };
  expect((await post(long)).status).toBe(413);
  expect((await post(long, { "content-length": "10" })).status).toBe(413);
  expect(await book`select from mail_events`).toEqual([]);
  const answers = await Promise.all([post(good), post(good), post(event("email.complained"))]);
  expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
  expect(await answers[0]?.text()).toBe("");
  const [row] =
    await book`select state, bounced_at is not null and complained_at is not null as told from emails`;
  expect(row).toEqual({ state: "sent", told: true });
  expect([...(await book`select reason from suppressed_addresses`)]).toEqual([{ reason: "complained" }]);
});

test("only these two go past the check of the origin, and only by POST", () => {
  const passes = (method: string, path: string) =>
    proxy(new NextRequest(`${process.env.ROLLCALL_BASE_URL}${path}`, { method })).status !== 403;
  expect(passes("POST", "/api/webhooks/resend")).toBe(true);
  expect(passes("POST", "/unsubscribe/abc-_1")).toBe(true);
  // Where the one before is led on to, which comes by here again; its proof is the same token.
  expect(passes("POST", "/unsubscribe/abc-_1/stop")).toBe(true);
  for (const path of [
    "/",
    "/sign-in",
    "/a/acme",
    "/api/auth/signout",
    "/api/webhooks/resend/x",
    "/unsubscribe",
    "/unsubscribe/a/stop/x",
    "/unsubscribe/a/other",
  ])
    expect(passes("POST", path), path).toBe(false);
  for (const method of ["PUT", "DELETE", "PATCH"])
    expect(passes(method, "/api/webhooks/resend"), method).toBe(false);
});

test("one click of a mail program, without cookie and origin, stops reminders and is led nowhere; a wrong link is told so", async () => {
  const key = process.env.ROLLCALL_TOKEN_KEY ?? "";
  const click = (token: string, body: string) => {
    const at = `http://127.0.0.1/unsubscribe/${token}`;
    const type = { "content-type": "application/x-www-form-urlencoded" };
    const request = new Request(at, { method: "POST", body, headers: type });
    return stop(request, { params: Promise.resolve({ token }) });
  };
  const wrong = await click("nonsense", "List-Unsubscribe=One-Click");
  const [before] = await book`select reminders_stopped_at from invitations`;
  expect(before?.reminders_stopped_at).toBeNull();
  const right = await click(mintLinkToken(key, "unsubscribe", mail.subject_id), "List-Unsubscribe=One-Click");
  expect([right.status, await right.text()]).toEqual([200, "No more reminders are sent."]);
  expect([wrong.status, await wrong.text()]).toEqual([404, "This link is not complete."]);
  const [after] = await book`select reminders_stopped_at from invitations`;
  expect(after?.reminders_stopped_at).not.toBeNull();
  const button = await click("nonsense", "button=yes");
  expect([button.status, button.headers.get("location")]).toEqual([
    303,
    `${process.env.ROLLCALL_BASE_URL}/unsubscribe/nonsense`,
  ]);
});
