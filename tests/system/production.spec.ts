import { startApp } from "#tests/support/app-under-test.ts";
import { expect, test } from "#tests/support/journey.ts";

const production = {
  ROLLCALL_MODE: "production",
  MAIL_TRANSPORT: "smtp",
  SMTP_URL: "smtp://127.0.0.1:1",
  MAIL_FROM: "Rollcall <rollcall@acme.test>",
};

test("in production there is no local mailbox; the page of a lost database leads only home", async ({
  playwright,
}) => {
  test.setTimeout(120_000);
  const app = await startApp(JSON.parse(process.env.ROLLCALL_TEST_CLUSTER ?? "{}"), production);
  const request = await playwright.request.newContext({ baseURL: app.url });
  try {
    for (const path of ["/local/mailbox", "/local/mailbox/0193b0a0-0000-7000-8000-000000000001"]) {
      expect((await request.get(path)).status(), path).toBe(404);
    }
    const lost = await request.get("/unavailable?reference=<b>&back=//evil.example");
    expect(lost.status()).toBe(503);
    expect(await lost.text()).toContain('<a href="/">Try again</a>');
    expect(await lost.text()).toContain("&lt;b&gt;");
  } finally {
    await request.dispose();
    await app.stop();
  }
});
