import { expect, test } from "#tests/support/journey.ts";
import {
  type BareAnswer,
  bareRequest,
  hiddenFields,
  multipartBody,
  multipartType,
} from "./support/bare-post.ts";
import { consoleRoutes, pathOf } from "./support/console-routes.ts";
import { cookieOf } from "./support/cookie-of.ts";
import { fingerprint, marker, stockedAccount } from "./support/stocked-account.ts";

const evil = "evil.example";

/** Headers by which frameworks tell their own parts apart; some once opened doors (CVE-2025-29927, CVE-2026-44575). */
const inner: Record<string, string>[] = [
  { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
  { "x-middleware-subrequest": "src/middleware:src/middleware:src/middleware:src/middleware:src/middleware" },
  { "x-middleware-subrequest": "middleware", "x-middleware-subrequest-id": "x" },
  { "x-middleware-next": "1", "x-middleware-rewrite": "/a", "x-middleware-override-headers": "cookie" },
  { rsc: "1" },
  { rsc: "1", "next-router-prefetch": "1" },
  { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" },
  { rsc: "1", "next-router-state-tree": "%5B%22%22%2C%7B%7D%5D", "next-url": "/sign-in" },
  { "x-nextjs-data": "1" },
  { "x-matched-path": "/sign-in", "x-invoke-path": "/sign-in", "x-invoke-output": "/sign-in" },
  { "x-original-url": "/sign-in", "x-rewrite-url": "/sign-in", "x-forwarded-prefix": "/sign-in" },
  { "x-http-method-override": "POST", "x-forwarded-uri": "/sign-in" },
];

/** Ways to write an address so that what guards it and what serves it may read it apart. */
const written = (path: string) => [
  `${path}.rsc`,
  `${path}/index.rsc`,
  `${path}.segments/_tree.segment.rsc`,
  `${path}?_rsc=x`,
  `/${path}`,
  path.replace("/a/", "/%61/"),
  path.replace("/a/", "/a//"),
  path.replace("/a/", "/x/../a/"),
  path.replace("/a/", "/_next/static/../../a/"),
  path.replace("/a/", "/_next/static/%2e%2e/%2e%2e/a/"),
  `/_next/data/x${path}.json`,
  `${path}/`,
  `${path};x`,
  `${path}%00`,
];

/** Nobody, and somebody who is signed in. */
const both = (cookie: string): Record<string, string>[] => [{}, { cookie }];

test("no header and no spelling of an address passes by the door", async ({ app, account }) => {
  test.setTimeout(180_000);
  const victim = await stockedAccount(app);
  const { cookie } = await cookieOf(app, account);
  const before = await fingerprint(app, victim.account.id);
  const paths = consoleRoutes.map((route) => pathOf(route, victim.account.slug, victim.stock));
  for (const path of paths.filter((_, n) => n % 3 === 0))
    for (const headers of inner)
      for (const who of both(cookie)) {
        const { status, body } = await bareRequest(app.url, { path, headers: { ...headers, ...who } });
        expect([path, headers, body.includes(marker)]).toEqual([path, headers, false]);
        expect(status, `${path} ${JSON.stringify(headers)}`).toBeLessThan(500);
      }
  for (const path of [paths[0] ?? "", `/a/${victim.account.slug}/users`].flatMap(written))
    for (const who of both(cookie)) {
      const { status, body } = await bareRequest(app.url, { path, headers: who });
      expect([path, body.includes(marker)]).toEqual([path, false]);
      expect(status, path).toBeLessThan(500);
    }
  expect(await fingerprint(app, victim.account.id)).toEqual(before);
});

const leadsAway = ({ headers, body }: BareAnswer): string[] =>
  [
    headers.location ?? "",
    headers["x-action-redirect"] ?? "",
    headers.refresh ?? "",
    ...(body.match(/(?:href|action|content|src)="[^"]*"/g) ?? []),
  ]
    .flat()
    .map(String)
    .map((place) => place.replace(/^\w+="(\d+;url=)?|"$/gi, "").replaceAll("&amp;", "&"))
    // As a browser reads it, which strips tabs and takes a backslash for a slash.
    .filter((place) => URL.canParse(place, ours) && new URL(place, ours).hostname.endsWith(evil));

const ours = "http://rollcall.test/x";

test("no parameter and no address leads to another site", async ({ app, account }) => {
  const { cookie } = await cookieOf(app, account);
  const places = [
    `https://${evil}/`,
    `//${evil}/`,
    `/\\${evil}/`,
    `/\t/${evil}`,
    `\\\\${evil}`,
    `https:${evil}`,
  ];
  const names = [
    "back",
    "callbackUrl",
    "next",
    "to",
    "from",
    "return",
    "returnTo",
    "redirect",
    "redirect_uri",
    "url",
  ];
  const paths = [
    "/unavailable",
    "/sign-in",
    "/api/auth/signin",
    "/api/auth/signin/one-time-token",
    "/api/auth/signout",
    "/api/auth/error",
    "/api/auth/callback/one-time-token",
    `/a/${account.slug}`,
  ];
  for (const path of paths)
    for (const place of places) {
      const query = names.map((name) => `${name}=${encodeURIComponent(place)}`).join("&");
      for (const who of both(cookie)) {
        const answer = await bareRequest(app.url, { path: `${path}?${query}`, headers: who });
        expect([path, place, leadsAway(answer)]).toEqual([path, place, []]);
      }
    }
  for (const path of [
    `//${evil}/`,
    `//${evil}/%2e%2e`,
    `/\\${evil}/`,
    `/a//${evil}//`,
    `//${evil}/a/${account.slug}/`,
  ]) {
    const answer = await bareRequest(app.url, { path, headers: { cookie } });
    expect([path, leadsAway(answer)]).toEqual([path, []]);
    // A form leads back to the page that it stood on.
    const fields = hiddenFields((await bareRequest(app.url, { path: "/sign-in" })).body, "Send the link");
    const sent = await bareRequest(app.url, {
      method: "POST",
      path,
      headers: { origin: app.url, cookie, "content-type": multipartType },
      body: multipartBody({ ...fields, theme: "dark", email: "x", way: "link" }),
    });
    expect([path, leadsAway(sent)]).toEqual([path, []]);
  }
});

test("signing in and out through next-auth's own door leads to no other site", async ({ app, account }) => {
  const token = (await account.signInPath()).split("/").at(-1) ?? "";
  const csrf = await bareRequest(app.url, { path: "/api/auth/csrf" });
  const cookie = [csrf.headers["set-cookie"] ?? []]
    .flat()
    .map((line) => line.split(";")[0])
    .join("; ");
  const form = { csrfToken: JSON.parse(csrf.body).csrfToken, token, callbackUrl: `https://${evil}/` };
  for (const path of [
    "/api/auth/callback/one-time-token",
    "/api/auth/signout",
    "/api/auth/signin/one-time-token",
  ]) {
    const answer = await bareRequest(app.url, {
      method: "POST",
      path,
      headers: { origin: app.url, cookie, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(form).toString(),
    });
    expect([path, leadsAway(answer)]).toEqual([path, []]);
    expect(answer.location, path).toMatch(new RegExp(`^(${app.url}(/|$)|/(?!/))`));
  }
});

const lyingHosts: Record<string, string>[] = [
  { host: evil },
  { "x-forwarded-host": evil },
  { "x-forwarded-host": evil, "x-forwarded-proto": "https", "x-forwarded-port": "443" },
  { forwarded: `host=${evil};proto=https` },
  {
    host: evil,
    "x-forwarded-host": evil,
    "x-original-host": evil,
    "x-host": evil,
    "x-forwarded-server": evil,
  },
];

test("no link and no redirect is made from what a request says its host is", async ({
  app,
  account,
  page,
}) => {
  const { cookie } = await cookieOf(app, account);
  for (const host of lyingHosts)
    for (const path of [
      "/",
      "/sign-in",
      "/api/auth/signin",
      "/api/auth/providers",
      "/api/auth/signout",
      `/a/${account.slug}/`,
    ])
      for (const who of both(cookie)) {
        const answer = await bareRequest(app.url, { path, headers: { ...host, ...who } });
        expect([path, host, leadsAway(answer)]).toEqual([path, host, []]);
        expect([path, host, answer.body.includes(evil)]).toEqual([path, host, false]);
      }
  const fields = hiddenFields((await bareRequest(app.url, { path: "/sign-in" })).body, "Send the link");
  let taken = 0;
  for (const host of lyingHosts) {
    const sent = await bareRequest(app.url, {
      method: "POST",
      path: "/sign-in",
      headers: { ...host, origin: app.url, "content-type": multipartType },
      body: multipartBody({ ...fields, email: account.owner.email, way: "link" }),
    });
    expect([host, leadsAway(sent)]).toEqual([host, []]);
    if (sent.status === 303) taken += 1;
  }
  // Next refuses some of them by itself; of the others a mail comes.
  expect(taken).toBeGreaterThan(0);
  await page.goto("/local/mailbox");
  await expect(async () => {
    await page.reload();
    await page.locator('a[href^="/local/mailbox/"]').first().click({ timeout: 1000 });
  }).toPass({ timeout: 20_000 });
  await page.waitForURL("**/local/mailbox/*");
  const mail = await page.content();
  expect(mail).toContain(`${app.url}/sign-in/`);
  expect(mail).not.toContain(evil);
});
