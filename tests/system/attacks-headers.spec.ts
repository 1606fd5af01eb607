import { startApp } from "#tests/support/app-under-test.ts";
import { expect, test } from "#tests/support/journey.ts";
import { type BareRequest, bareRequest } from "./support/bare-post.ts";
import { consoleRoutes, pathOf } from "./support/console-routes.ts";
import { stockedAccount } from "./support/stocked-account.ts";

const strict = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
};

/** The one answer that may be framed, by the console itself. */
const framed = /\/settings\/mail\/preview$/;

test("every answer carries its guards, whoever makes it", async ({ app }) => {
  test.setTimeout(180_000);
  const { account, stock, cookie } = await stockedAccount(app);
  const signedIn: BareRequest[] = consoleRoutes.map((route) => ({
    path: pathOf(route, account.slug, stock),
    headers: { cookie },
  }));
  const style = /\/_next\/static\/[^"]+\.css/.exec(
    (await bareRequest(app.url, { path: "/sign-in" })).body,
  )?.[0];
  const open: BareRequest[] = [
    "/",
    "/sign-in",
    "/sign-in/x",
    "/no/such/page",
    "/no-such-page",
    "/healthz",
    "/unavailable",
    "/icon.svg",
    "/local/mailbox",
    "/api/auth/csrf",
    "/api/auth/providers",
    "/api/auth/no-such-door",
    "/_next/static/none.js",
    "/_next/data/x/index.json",
    "/_next/image?url=%2Ficon.svg&w=64&q=75",
    "/%2e%2e/%00",
    style ?? "",
    `/a/${account.slug}/users?${"x".repeat(3000)}`,
  ].map((path) => ({ path }));
  const posts: BareRequest[] = [
    { method: "POST", path: "/sign-in" },
    { method: "POST", path: "/healthz", headers: { origin: app.url } },
    { method: "PUT", path: "/sign-in", headers: { origin: app.url } },
    { method: "POST", path: `/a/${account.slug}/enrollment/import/upload`, headers: { cookie } },
    {
      method: "POST",
      path: `/a/${account.slug}/enrollment/import/upload`,
      headers: { cookie, origin: app.url },
    },
    { method: "GET", path: `/a/${account.slug}/enrollment/import/upload`, headers: { cookie } },
  ];
  for (const asked of [...signedIn, ...open, ...posts]) {
    const { status, headers } = await bareRequest(app.url, asked);
    const what = `${asked.method ?? "GET"} ${asked.path.slice(0, 80)} ${status}`;
    const policy = String(headers["content-security-policy"]);
    expect({ what, ...headers }).toMatchObject({
      what,
      ...strict,
      ...(framed.test(asked.path) ? { "x-frame-options": "SAMEORIGIN" } : {}),
    });
    expect(`${what} ${policy}`).toContain(`frame-ancestors '${framed.test(asked.path) ? "self" : "none"}'`);
    expect(`${what} ${policy}`).toMatch(/default-src '(self|none)'/);
    expect(`${what} ${policy}`).not.toMatch(/script-src[^;]*(unsafe|\*|http:)/);
    expect(`${what} ${headers["x-powered-by"]}`).toBe(`${what} undefined`);
    // Plain http on the own machine: nothing may pin it to https.
    expect(`${what} ${headers["strict-transport-security"]}`).toBe(`${what} undefined`);
    if (signedIn.includes(asked)) expect(`${what} ${headers["cache-control"]}`).toContain("no-store");
  }
});

test("each page runs scripts of its own nonce alone, and no answer repeats one", async ({ app, account }) => {
  const seen = new Set<string>();
  for (const path of ["/sign-in", "/sign-in", "/no/such/page", `/a/${account.slug}`, "/sign-in/x"]) {
    const { headers, body } = await bareRequest(app.url, { path });
    const nonce = /'nonce-([^']+)'/.exec(String(headers["content-security-policy"]))?.[1] ?? "";
    expect(nonce.length, path).toBeGreaterThan(20);
    expect(seen.has(nonce), path).toBe(false);
    seen.add(nonce);
    for (const tag of body.match(/<script\b[^>]*>/g) ?? []) expect(tag).toContain(`nonce="${nonce}"`);
    expect(body).not.toMatch(/\son\w+=|javascript:/);
  }
});

test("on https every answer keeps the browser there, and cookies go nowhere else", async () => {
  test.setTimeout(120_000);
  const base = "https://rollcall.test";
  const cluster = JSON.parse(process.env.ROLLCALL_TEST_CLUSTER ?? "{}");
  const app = await startApp(cluster, { ROLLCALL_BASE_URL: base, NEXTAUTH_URL: base });
  try {
    for (const path of [
      "/sign-in",
      "/no/such/page",
      "/healthz",
      "/icon.svg",
      "/api/auth/csrf",
      "/",
      "/_next/static/none.js",
    ]) {
      const { headers } = await bareRequest(app.url, { path });
      expect(headers["strict-transport-security"], path).toMatch(/^max-age=\d{8}; includeSubDomains$/);
      for (const cookie of [headers["set-cookie"] ?? []].flat()) {
        expect(cookie, path).toMatch(/; Secure/i);
        expect(cookie, path).toMatch(/; HttpOnly/i);
        expect(cookie, path).toMatch(/; SameSite=Lax/i);
      }
    }
  } finally {
    await app.stop();
  }
});
