import { describe, expect, test } from "vitest";
import { withAccount } from "#lib/db/with-account.ts";
import { enqueueMail } from "#lib/mail/enqueue-mail.ts";
import { findMail } from "#lib/mail/find-mail.ts";
import { listMailbox } from "#lib/mail/list-mailbox.ts";
import { openTransport } from "#lib/mail/open-transport.ts";
import { isLinkToken } from "#lib/secrets/link-token.ts";
import { pump, pumpHarness, stationery } from "./pump-harness.ts";

const { book, seed, states } = pumpHarness();
const local = openTransport({ MAIL_TRANSPORT: "local", RESEND_RATE: 5 });

describe("in local mode", () => {
  test("mails of all accounts stay in the local mailbox, newest first, page by page", async () => {
    await seed({ accounts: 2, mails: 120 });
    expect(await pump(local)).toEqual({ states: { in_local_mailbox: 120 }, dueInMs: null });
    const pages = [];
    let before: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listMailbox>> = await listMailbox(stationery, {
        before,
        limit: 50,
      });
      pages.push(page.mails);
      before = page.next;
    } while (before);
    expect(pages.map((page) => page.length)).toEqual([50, 50, 20]);
    const seen = pages.flat();
    expect((await listMailbox(stationery, { before: "nonsense", limit: 50 })).mails).toEqual(pages[0]);
    expect(seen.map((entry) => entry.id)).toEqual(
      [...new Set(seen.map((entry) => entry.id))].sort().reverse(),
    );
    expect(seen[0]).toMatchObject({
      subject: "Dana Cole invites you to join Acme",
      at: expect.any(Date),
    });
  });

  test("one mail shows both parts, and its link is the invitation's", async () => {
    await seed({ mails: 2 });
    await pump(local);
    const [row] = await book()`select id, subject_id from emails where recipient = 'a0.p2@acme.test'`;
    const mail = await findMail(row?.id, stationery);
    expect(mail).toMatchObject({ recipient: "a0.p2@acme.test", html: expect.stringContaining("<html") });
    const token = mail?.text.match(/https:\/\/rollcall\.example\/join\/(\S+)/)?.[1] ?? "";
    expect(isLinkToken(stationery.tokenKey, "join", token, "mail:1")).toBe(true);
    expect(isLinkToken(stationery.tokenKey, "join", token, "copy:1")).toBe(false);
    expect(mail?.html).toContain(token);
  });

  test.each(["nonsense", "", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"])(
    "there is no mail %j",
    async (id) => {
      await seed({ mails: 1 });
      await pump(local);
      expect(await findMail(id, stationery)).toBeNull();
    },
  );

  test("a mail that is not in the mailbox is not shown", async () => {
    await seed({ mails: 1 });
    const [row] = await book()`select id from emails`;
    expect(await findMail(row?.id, stationery)).toBeNull();
    expect(await listMailbox(stationery)).toEqual({ mails: [], next: null });
  });
});

describe("a single mail", () => {
  async function signInToken(): Promise<{ accountId: string; tokenId: string }> {
    const [accountId = ""] = await seed({ mails: 0 });
    const [token] = await book()`insert into sign_in_tokens (account_id, user_id, purpose, expires_at)
      select account_id, id, 'email_link', '2126-11-22 03:15+00' from users where account_id = ${accountId} returning id`;
    return { accountId, tokenId: token?.id };
  }

  const send = ({ accountId, tokenId }: { accountId: string; tokenId: string }) =>
    withAccount({ accountId }, (tx) =>
      enqueueMail(tx, accountId, {
        key: `sign_in_link:${tokenId}`,
        kind: "sign_in_link",
        recipient: "a0.dana@acme.test",
        subjectId: tokenId,
      }),
    );

  test("goes out once, however often it is asked for, with a link that is valid until the time it names", async () => {
    const token = await signInToken();
    await send(token);
    await send(token);
    await pump(local);
    const { mails } = await listMailbox(stationery);
    const mail = await findMail(mails[0]?.id ?? "", stationery);
    expect(await states()).toEqual({ in_local_mailbox: 1 });
    expect(mail?.text).toContain("22 November 2126 at 03:15 UTC");
    const link = mail?.text.match(/https:\/\/rollcall\.example\/sign-in\/(\S+)/)?.[1] ?? "";
    expect(isLinkToken(stationery.tokenKey, "sign-in", link)).toBe(true);
  });

  test("is not sent when its cause is rolled back", async () => {
    const token = await signInToken();
    const failing = withAccount({ accountId: token.accountId }, async (tx) => {
      await enqueueMail(tx, token.accountId, {
        key: "k",
        kind: "sign_in_link",
        recipient: "a@acme.test",
        subjectId: token.tokenId,
      });
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await states()).toEqual({});
  });

  test("a link that was used meanwhile is withdrawn", async () => {
    const token = await signInToken();
    await send(token);
    await book()`update sign_in_tokens set used_at = now()`;
    await pump(local);
    expect(await states()).toEqual({ withdrawn: 1 });
  });
});
