import { startApp } from "#tests/support/app-under-test.ts";
import { expect, test } from "#tests/support/journey.ts";
import { bareRequest, hiddenFields, multipartBody, multipartType } from "./support/bare-post.ts";

/** The sign-in form as sent without scripts: the page's own answer, or the redirect after it. */
async function askForLink(url: string, email: string, headers: Record<string, string> = {}) {
  const form = await bareRequest(url, { path: "/sign-in" });
  const body = multipartBody({ ...hiddenFields(form.body, "Send the link"), email, way: "link" });
  return bareRequest(url, {
    method: "POST",
    path: "/sign-in",
    headers: { origin: url, "content-type": multipartType, ...headers },
    body,
  });
}

const tooMany = /too many attempts\. Try again in 1[45] minutes/;

test("an address is asked for a few times, known or not, and then everybody waits alike", async ({
  app,
  account,
}) => {
  for (const email of [account.owner.email, `nobody@${account.domain}`]) {
    for (let n = 0; n < 10; n++) expect((await askForLink(app.url, email)).status).toBe(303);
    const refused = await askForLink(app.url, email);
    expect(refused.status).toBe(200);
    expect(refused.body).toMatch(tooMany);
    // Nor does another claim of where one comes from help, or another way of writing the address.
    const forwarded = { "x-forwarded-for": "9.9.9.9", "x-rollcall-client": "9.9.9.9" };
    expect((await askForLink(app.url, ` ${email.toUpperCase()}`, forwarded)).body).toMatch(tooMany);
  }
});

test("an IP address cannot be made up: only a trusted proxy is believed", async () => {
  test.setTimeout(120_000);
  const cluster = JSON.parse(process.env.ROLLCALL_TEST_CLUSTER ?? "{}");
  const path = "/api/auth/signin/one-time-token";
  const knock = async (url: string, headers: Record<string, string>) =>
    (await bareRequest(url, { method: "POST", path, headers: { origin: url, ...headers } })).status;
  const most = 600;
  for (const [trusted, forwarded] of [
    ["", ["1.1.1.1", "2.2.2.2"]],
    ["127.0.0.1", ["1.1.1.1, 8.8.8.8", "2.2.2.2, 8.8.8.8"]],
  ] as const) {
    const app = await startApp(cluster, { ROLLCALL_TRUSTED_PROXIES: trusted });
    try {
      await Promise.all(
        Array.from({ length: 20 }, async (_, lane) => {
          for (let n = lane; n < most; n += 20) {
            const claimed = forwarded[n % 2] ?? "";
            expect(await knock(app.url, { "x-forwarded-for": claimed })).not.toBe(429);
          }
        }),
      );
      for (const claimed of [...forwarded, trusted ? "7.7.7.7, 8.8.8.8" : "8.8.8.8"])
        expect(await knock(app.url, { "x-forwarded-for": claimed, "x-rollcall-client": "3.3.3.3" })).toBe(
          429,
        );
      // Through the proxy somebody else may still try.
      if (trusted) expect(await knock(app.url, { "x-forwarded-for": "8.8.4.4" })).not.toBe(429);
    } finally {
      await app.stop();
    }
  }
});
