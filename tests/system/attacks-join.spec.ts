import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { mintLinkToken } from "#lib/secrets/link-token.ts";
import { expect, test } from "#tests/support/journey.ts";
import type { TestAccount } from "#tests/support/make-account.ts";
import { bareRequest, hiddenFields, multipartBody, multipartType, pressOf } from "./support/bare-post.ts";
import { cookieOf } from "./support/cookie-of.ts";
import { deviate } from "./support/deviate.ts";
import { invited, rowOf } from "./support/invited.ts";

const state = (account: TestAccount) =>
  rowOf(
    account,
    sql`select (select json_agg(u order by u.id) from users u) as users, (select json_agg(i order by i.id) from invitations i) as invitations,
      (select count(*) from sessions) as sessions, (select count(*) from emails) as mails, (select count(*) from audit_events) as events`,
  );
const evil = { host: "evil.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" };

async function post(
  url: string,
  path: string,
  fields: Record<string, string>,
  more: Record<string, string> = {},
) {
  const headers = { origin: url, "content-type": multipartType, ...more };
  return bareRequest(url, { method: "POST", path, headers, body: multipartBody(fields) });
}

test("looking, prefetching, asking for heads and leaving the button out change nothing", async ({
  app,
  account,
}) => {
  const [bo, al] = [await invited(app, account), await invited(app, account, { name: "Al Ali" })];
  const before = await state(account);
  const looks: [string, Record<string, string>][] = [
    ["GET", {}],
    ["HEAD", {}],
    ["OPTIONS", {}],
    ["GET", { "sec-purpose": "prefetch;prerender", purpose: "prefetch" }],
    ["GET", { rsc: "1", "next-router-prefetch": "1", "next-url": "/" }],
    ["GET", { "user-agent": "SafeLinks", "x-http-method-override": "POST" }],
  ];
  for (const [method, headers] of looks)
    for (const path of [bo.mailed, bo.copied, `${bo.mailed}/opened`])
      await bareRequest(app.url, { method, path, headers });
  const html = (await bareRequest(app.url, { path: bo.mailed })).body;
  const others = (await bareRequest(app.url, { path: al.mailed })).body;
  const fields = hiddenFields(html, "Join");
  expect(pressOf(html)).toHaveLength(54);
  for (const press of [undefined, "", "Join", pressOf(others)]) {
    const answer = await post(app.url, bo.mailed, {
      ...fields,
      firstName: "Eve",
      ...(press !== undefined && { press }),
    });
    expect([answer.status, answer.body.includes("Press Join to go on.")]).toEqual([200, true]);
    expect(answer.headers["set-cookie"]).toBeUndefined();
  }
  for (const origin of ["https://evil.example", "null"]) {
    const headers = { origin, "content-type": multipartType };
    const body = multipartBody({ ...fields, press: pressOf(html) });
    for (const path of [bo.mailed, `${bo.mailed}/opened`])
      expect((await bareRequest(app.url, { method: "POST", path, headers, body })).status).toBe(403);
  }
  expect(await state(account)).toEqual(before);
});

test("a hundred who send the form at once are one who is in, and the others find a dead link", async ({
  app,
  account,
}) => {
  const bo = await invited(app, account);
  const html = (await bareRequest(app.url, { path: bo.mailed })).body;
  const fields = { ...hiddenFields(html, "Join"), press: pressOf(html) };
  const answers = await Promise.all(Array.from({ length: 100 }, () => post(app.url, bo.mailed, fields)));
  const ways = answers.map(({ status, location }) => `${status} ${location}`).sort();
  const [home, dead] = [`303 /a/${account.slug}/me`, `303 ${bo.mailed}`];
  expect(ways).toEqual([home, ...Array(99).fill(dead)].sort());
  expect(answers.filter(({ headers }) => headers["set-cookie"])).toHaveLength(1);
  const counts = sql`select (select count(*)::int from sessions where user_id = ${bo.userId}) as sessions,
    (select count(*)::int from audit_events where action = 'user.joined') as joined`;
  expect(await rowOf(account, counts)).toEqual({ sessions: 1, joined: 1 });
});

test("no host that is made up gets into a way on or a mail, and no form leads elsewhere", async ({
  app,
  account,
}) => {
  const [bo, al] = [await invited(app, account), await invited(app, account, { name: "Al Ali" })];
  const html = (await bareRequest(app.url, { path: bo.mailed, headers: evil })).body;
  expect(html).not.toContain("evil.example");
  const fields = { ...hiddenFields(html, "Join"), press: pressOf(html) };
  // A form that comes under another host than its origin's is refused.
  const refused = await post(app.url, bo.mailed, fields, evil);
  expect([refused.status, refused.location, refused.headers["set-cookie"]]).toEqual([500, "", undefined]);
  const others = {
    forwarded: "host=evil.example",
    "x-original-host": "evil.example",
    "x-forwarded-proto": "https",
  };
  expect((await post(app.url, bo.mailed, fields, others)).location).toBe(`/a/${account.slug}/me`);
  const dead = (await bareRequest(app.url, { path: "/join/none", headers: evil })).body;
  const asked = { ...hiddenFields(dead, "Ask for a new one"), email: al.email };
  expect((await post(app.url, "/join/none", asked, others)).location).toBe("/join/ask");
  const mail = () =>
    rowOf(account, sql`select id from emails where subject_id = ${al.id} and state = 'in_local_mailbox'`);
  await expect.poll(async () => "id" in (await mail())).toBe(true);
  const read = await bareRequest(app.url, { path: `/local/mailbox/${(await mail()).id}`, headers: evil });
  expect(read.body).toContain(`${app.url}/join/`);
  expect(read.body).not.toContain("evil.example");

  const { cookie } = await cookieOf(app, account);
  const page = (await bareRequest(app.url, { path: al.copied, headers: { cookie } })).body;
  for (const back of [
    "https://evil.example/",
    "//evil.example",
    "/join/../../x",
    "/\\evil.example",
    "/join/x/y",
  ]) {
    const answer = await post(app.url, al.copied, { ...hiddenFields(page, "Sign out first"), back });
    expect([back, answer.location]).toEqual([back, "/sign-in"]);
  }
  for (const token of ["//evil.example", "https://evil.example", "../../x", "x?y", "\r\nLocation: x"]) {
    const answer = await post(app.url, "/join/none", { ...fields, token });
    expect([token, answer.status, answer.location]).toEqual([token, 303, "/join/none"]);
  }
});

/** What ends a link, each done to the person who is called so. */
const invitationEnds = {
  "Used Up": sql`state = 'accepted'`,
  "Over Due": sql`expires_at = now()`,
  "Re Voked": sql`state = 'revoked'`,
  "Re Sent": sql`generation = 2`,
};
const personEnds = {
  "Used Up": sql`status = 'active'`,
  "Sus Pended": sql`status = 'suspended'`,
  "Mo Ved": sql`email = 'elsewhere@' || split_part(email, '@', 2)`,
};

test("every dead link is told the same", async ({ app, account }) => {
  const key = app.environment.ROLLCALL_TOKEN_KEY ?? "";
  const names = new Set([...Object.keys(invitationEnds), ...Object.keys(personEnds)]);
  const nobody = "0190a000-0000-7000-8000-000000000001";
  const paths = ["/join/none", "/join/x", `/join/${mintLinkToken(key, "join", nobody, "mail:1")}`];
  for (const name of names) paths.push((await invited(app, account, { name })).mailed);
  await withAccount({ accountId: account.id }, async (tx) => {
    const its = sql`(select id from users where first_name || ' ' || last_name`;
    for (const [name, what] of Object.entries(invitationEnds))
      await tx.execute(sql`update invitations set ${what} where user_id = ${its} = ${name})`);
    for (const [name, what] of Object.entries(personEnds))
      await tx.execute(sql`update users set ${what} where id = ${its} = ${name})`);
  });
  const told = new Set<string>();
  for (const path of paths) {
    const { status, body, headers } = await bareRequest(app.url, { path });
    const words = body.replaceAll(
      /<script[\s\S]*?<\/script>|<input[^>]*type="hidden"[^>]*>|nonce="[^"]*"/g,
      "",
    );
    told.add(JSON.stringify([status, words, Object.keys(headers).sort()]));
  }
  expect(told.size).toBe(1);
  expect([...told][0]).toContain("This invitation does not work any more");
});

test("asking for a new one tells nothing of who is known, by its words or by its time, and has its limit", async ({
  app,
  account,
}) => {
  test.setTimeout(180_000);
  const rounds = 40;
  await withAccount({ accountId: account.id }, (tx) =>
    tx.execute(sql`
      with people as (insert into users (account_id, email, status, source)
        select ${account.id}::uuid, 'known' || n || '@' || ${account.domain}::text, 'invited', 'api'
        from generate_series(1, ${rounds}::int) n returning account_id, id, email)
      insert into invitations (account_id, user_id, email, source, expires_at)
      select account_id, id, email, 'invite', now() + interval '1 day' from people`),
  );
  const fields = hiddenFields((await bareRequest(app.url, { path: "/join/ask" })).body, "Ask for a new one");
  const ask = async (email: string) => {
    const began = performance.now();
    const { status, location, body, headers } = await post(app.url, "/join/ask", { ...fields, email });
    const took = performance.now() - began;
    const words = [status, location, body.length, Object.keys(headers).sort(), headers["set-cookie"]?.length];
    return { took, words: JSON.stringify(words), body };
  };
  for (let n = 0; n < 10; n++) await ask(`warm${n}@${account.domain}`);
  const took: [number[], number[]] = [[], []];
  for (let n = 1; n <= rounds; n++) {
    const pair = [`known${n}@${account.domain}`, `wrong${n}@${account.domain}`];
    const words: string[] = [];
    // Whatever else the machine does meets both alike.
    for (const which of n % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const answer = await ask(pair[which] ?? "");
      took[which].push(answer.took);
      words.push(answer.words);
    }
    expect(new Set(words).size).toBe(1);
  }
  // 3.9 is once in ten thousand runs by chance.
  expect(Math.abs(deviate(...took))).toBeLessThan(3.9);
  const mails = sql`select count(*)::int as n from emails where kind = 'invitation'`;
  await expect.poll(() => rowOf(account, mails)).toEqual({ n: rounds });
  for (let n = 0; n < 10; n++) await ask(`often@${account.domain}`);
  const eleventh = await ask(`often@${account.domain}`);
  expect(eleventh.body).toContain("There were too many attempts. Try again in");
});
