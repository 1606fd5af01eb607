import postgres from "postgres";
import { expect, test } from "#tests/support/journey.ts";
import { makeAccount } from "#tests/support/make-account.ts";
import { bareRequest, hiddenFields, multipartBody, multipartType } from "./support/bare-post.ts";
import { cookieOf } from "./support/cookie-of.ts";
import { deviate } from "./support/deviate.ts";
import { marker, stockedAccount } from "./support/stocked-account.ts";

const name = "next-auth.session-token";

/** Redeems a one-time link as a browser without scripts does; the cookies that it then has. */
async function redeem(url: string, path: string, cookie: string) {
  const fields = hiddenFields((await bareRequest(url, { path, headers: { cookie } })).body, "Sign in");
  const headers = { origin: url, cookie, "content-type": multipartType };
  const answer = await bareRequest(url, { method: "POST", path, headers, body: multipartBody(fields) });
  const set = [answer.headers["set-cookie"] ?? []].flat().find((line) => line.startsWith(`${name}=`));
  return { status: answer.status, cookie: set?.split(";")[0] ?? "" };
}

/** Nobody, and somebody who is signed in. */
const both = (cookie: string): Record<string, string>[] => [{}, { cookie }];

test("a session planted before sign-in is not the one after it, and brings nothing along", async ({
  app,
  account,
}) => {
  const attacker = await stockedAccount(app);
  for (const planted of [
    attacker.cookie,
    `${name}=made-up`,
    `${name}=`,
    `${name}=eyJhbGciOiJub25lIn0..x.y.z`,
  ]) {
    const victim = await makeAccount(app.environment.ROLLCALL_TOKEN_KEY ?? "", { name: "Victim Works" });
    const signedIn = await redeem(app.url, await victim.signInPath(), planted);
    expect(signedIn.status).toBe(303);
    expect(signedIn.cookie).not.toBe(planted);
    const mine = (cookie: string, slug: string) =>
      bareRequest(app.url, { path: `/a/${slug}/users`, headers: { cookie } });
    expect((await mine(signedIn.cookie, victim.slug)).status).toBe(200);
    // Neither does the planted one open the victim's account, nor the victim's the planter's.
    expect((await mine(planted, victim.slug)).status).not.toBe(200);
    expect((await mine(signedIn.cookie, attacker.account.slug)).body).not.toContain(marker);
  }
  const [one, two] = [await cookieOf(app, account), await cookieOf(app, account)];
  expect(one.sessionId).not.toBe(two.sessionId);
});

test("a cookie that was not made here is nobody", async ({ app, account }) => {
  const { cookie, sessionId } = await cookieOf(app, account);
  const [head = "", ...rest] = cookie.split(".");
  const forged = [
    `${name}=${sessionId}`,
    `${name}=${Buffer.from(JSON.stringify({ sids: [sessionId] })).toString("base64url")}`,
    `${name}=${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from(JSON.stringify({ sids: [sessionId] })).toString("base64url")}.`,
    `${head}.${rest.join(".").slice(0, -2)}AA`,
    cookie.replace(name, `__Secure-${name}`),
  ];
  for (const each of forged) {
    const answer = await bareRequest(app.url, { path: `/a/${account.slug}`, headers: { cookie: each } });
    expect([each, answer.status, answer.location]).toEqual([each, 307, "/sign-in"]);
  }
});

test("nobody is served what was made for somebody else", async ({ app, account }) => {
  const other = await stockedAccount(app);
  const { cookie } = await cookieOf(app, account);
  const paths = ["/", `/a/${other.account.slug}`, `/a/${other.account.slug}/users`, "/no/such/page"];
  for (const path of paths) {
    const theirs = await bareRequest(app.url, { path, headers: { cookie: other.cookie } });
    expect(theirs.headers["cache-control"], path).toMatch(/private.*no-store|no-store.*private/);
    const etag = String(theirs.headers.etag ?? '"x"');
    for (const who of both(cookie)) {
      const conditional = { "if-none-match": etag, "if-modified-since": new Date().toUTCString() };
      for (const headers of [who, { ...who, ...conditional }]) {
        const answer = await bareRequest(app.url, { path, headers });
        expect([path, answer.status === 304, answer.body.includes(marker)]).toEqual([path, false, false]);
      }
    }
  }
  // At the same time, from the same page, each sees their own.
  const rounds = Array.from({ length: 20 }, async (_, n) => {
    const who = n % 2 === 0 ? other : { account, cookie };
    const path = `/a/${who.account.slug}/users`;
    return bareRequest(app.url, { path, headers: { cookie: who.cookie } });
  });
  const bodies = (await Promise.all(rounds)).map(({ body }) => body.includes(marker));
  expect(bodies).toEqual(Array.from({ length: 20 }, (_, n) => n % 2 === 0));
});

test("the sign-in form tells nothing of who is known, by its words or by its time", async ({
  app,
  account,
}) => {
  test.setTimeout(180_000);
  const rounds = 60;
  const root = postgres(app.database.superUrl, { max: 1, onnotice: () => {} });
  await root`insert into users (account_id, email, status, source)
    select ${account.id}, 'known' || n || '@' || ${account.domain}, 'active', 'api' from generate_series(1, ${rounds}) n`;
  await root.end();
  const fields = hiddenFields((await bareRequest(app.url, { path: "/sign-in" })).body, "Send the link");
  const ask = async (email: string) => {
    const headers = { origin: app.url, "content-type": multipartType };
    const began = performance.now();
    const body = multipartBody({ ...fields, email, way: "link" });
    const {
      status,
      location,
      body: said,
      headers: told,
    } = await bareRequest(app.url, { method: "POST", path: "/sign-in", headers, body });
    const took = performance.now() - began;
    const words = [status, location, said.length, Object.keys(told).sort(), told["set-cookie"]?.length];
    return { took, words: JSON.stringify(words) };
  };
  for (let n = 0; n < 20; n++) await ask(`warm${n}@${account.domain}`);
  const known: number[] = [];
  const unknown: number[] = [];
  for (let n = 1; n <= rounds; n++) {
    const pair = [`known${n}@${account.domain}`, `wrong${n}@${account.domain}`];
    // Whatever else the machine does meets both alike.
    const order = n % 2 === 0 ? [0, 1] : [1, 0];
    const answers = [];
    for (const which of order) answers[which] = await ask(pair[which] ?? "");
    expect(answers[0]?.words).toBe(answers[1]?.words);
    known.push(answers[0]?.took ?? 0);
    unknown.push(answers[1]?.took ?? 0);
  }
  // 3.9 is once in ten thousand runs by chance.
  expect(Math.abs(deviate(known, unknown))).toBeLessThan(3.9);
});
