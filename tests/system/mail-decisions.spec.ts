import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { mintLinkToken } from "#lib/secrets/link-token.ts";
import { expect, test } from "#tests/support/journey.ts";
import type { TestAccount } from "#tests/support/make-account.ts";
import { bareRequest } from "./support/bare-post.ts";
import { expectSound } from "./support/expect-sound.ts";
import { member } from "./support/member.ts";

const ask = <Row extends Record<string, unknown>>({ id }: TestAccount, query: ReturnType<typeof sql>) =>
  withAccount({ accountId: id }, async (tx) => [...(await tx.execute<Row>(query))]);

const press = (name: string) => ({ name, exact: true });

test("mails in doubt are decided about from the overview, one and all, and stopped mails are let go on @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  await ask(
    account,
    sql`insert into emails (account_id, key, kind, recipient, subject_id, state, priority, error)
      select ${account.id}, 'doubt ' || n, 'account_activated', 'p' || n || '@' || ${account.domain}, ${account.owner.id},
        'unknown', 0, 'the answer to an earlier attempt was lost, so it may have arrived' from generate_series(1, 3) n`,
  );
  await ask(account, sql`update accounts set mail_stopped_at = now(), mail_stopped_because = 'bounces'`);
  await page.goto(`/a/${account.slug}`);
  const decisions = page.getByRole("region", { name: "Waits for a decision" });
  await expect(decisions).toContainText("mails to many are stopped");
  await expect(decisions).toContainText("3 mails may not have arrived");
  await decisions.getByRole("button", press("Let mails go on")).click();
  await expect(page.getByText("Mails go on.")).toBeVisible();
  await expect(page.getByText("mails to many are stopped")).toHaveCount(0);

  await page.getByRole("link", press("Send again or leave")).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mails that may not have arrived");
  // It works by scripts in the page.
  if (test.info().project.use.javaScriptEnabled !== false) await expectSound(page);
  await page.getByRole("button", press("Leave it")).click();
  await expect(page.getByText("Tick the mails first, or all of them.")).toBeVisible();
  await page
    .getByRole("row")
    .filter({ hasText: `p2@${account.domain}` })
    .getByRole("checkbox")
    .check();
  await page.getByRole("button", press("Send again")).click();
  await expect(page.getByText("1 mail will be sent again.")).toBeVisible();
  await page.getByRole("checkbox", { name: "All (2)" }).check();
  await page.getByRole("button", press("Leave it")).click();
  await expect(page.getByText("2 mails left as they are.")).toBeVisible();
  await expect(page.getByText("No mail is in doubt.")).toBeVisible();
  const rows = await ask<{ key: string; left: boolean }>(
    account,
    sql`select key, error = 'left as it is by Ada Owner' as left from emails where state = 'withdrawn' order by key`,
  );
  expect(rows).toEqual([
    { key: "doubt 1", left: true },
    { key: "doubt 3", left: true },
  ]);
});

test("a person whose address bounced is told of, and mail is allowed again @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  const id = await member(account);
  await ask(
    account,
    sql`insert into suppressed_addresses (account_id, email_norm, reason)
      select account_id, email_norm, 'bounced' from users where id = ${id}`,
  );
  await ask(account, sql`update users set email_validation = 'bounced' where id = ${id}`);
  await page.goto(`/a/${account.slug}/users/${id}`);
  const section = page.getByRole("region", { name: "Mail to this address" });
  await expect(section).toContainText("came back");
  await section.getByRole("button", press("Allow mail again")).click();
  await expect(page.getByText(/Mail goes to .* again/)).toBeVisible();
  await expect(section).toHaveCount(0);
});

test("reminders are declined by a button, and in one click from a mail program without cookie and origin @scripts-off", async ({
  app,
  page,
  account,
}) => {
  const invite = async (email: string) => {
    const [made] = await ask<{ id: string }>(
      account,
      sql`insert into invitations (account_id, user_id, email, source, expires_at)
        values (${account.id}, ${account.owner.id}, ${email}, 'invite', now() + interval '9 days') returning id`,
    );
    return mintLinkToken(app.environment.ROLLCALL_TOKEN_KEY ?? "", "unsubscribe", made?.id ?? "");
  };
  const stopped = () =>
    ask(account, sql`select email from invitations where reminders_stopped_at is not null order by email`);
  const path = `/unsubscribe/${await invite("one@x.test")}`;
  await page.goto(path);
  expect(await stopped()).toEqual([]);
  await page.getByRole("button", press("Stop reminders")).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("No more reminders");
  expect(await stopped()).toEqual([{ email: "one@x.test" }]);

  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const body = "List-Unsubscribe=One-Click";
  const click = (token: string) =>
    bareRequest(app.url, { method: "POST", path: `/unsubscribe/${token}`, headers, body });
  const right = await click(await invite("two@x.test"));
  const wrong = await click("nonsense");
  expect([right.status, right.body]).toEqual([200, "No more reminders are sent."]);
  expect([wrong.status, wrong.body]).toEqual([404, "This link is not complete."]);
  expect(await stopped()).toEqual([{ email: "one@x.test" }, { email: "two@x.test" }]);
  await page.goto("/unsubscribe/nonsense?stopped=1");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This link is not complete");
  await expect(page.getByRole("button", press("Stop reminders"))).toHaveCount(0);
  // Not configured here, so there is nothing; but it is not the origin that stops it.
  const hook = await bareRequest(app.url, { method: "POST", path: "/api/webhooks/resend", body: "{}" });
  expect(hook.status).toBe(404);
});
