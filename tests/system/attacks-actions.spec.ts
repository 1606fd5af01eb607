import postgres from "postgres";
import { expect, test } from "#tests/support/journey.ts";
import { type BuiltAction, builtActions, callAction } from "./support/action-calls.ts";
import { actionCases } from "./support/action-cases.ts";
import { bareRequest } from "./support/bare-post.ts";
import { pathOf } from "./support/console-routes.ts";
import { cookieOf } from "./support/cookie-of.ts";
import { fingerprint, insiderCookie, marker, stockedAccount } from "./support/stocked-account.ts";

const foreign: Record<string, string>[] = [
  {},
  { origin: "null" },
  { origin: "https://evil.example" },
  { origin: "https://evil.example", host: "evil.example" },
  { origin: "https://evil.example", "x-forwarded-host": "evil.example" },
];

/** What no form asks for, and what a form must not be able to set. */
const besides = (accountId: string, userId: string) => ({
  accountId,
  account_id: accountId,
  account: accountId,
  actor: userId,
  userId,
  requestedBy: userId,
  isOwner: "true",
  isAdmin: "true",
  kind: "owner",
  source: "sso",
  version: "99",
});

function builtAction(name: string): BuiltAction {
  const built = builtActions().get(name);
  if (!built) throw new Error(`${name} is not in the build`);
  return built;
}

test("every action of the build has a case here", ({ app }) => {
  expect(app.url).not.toBe("");
  const built = [...builtActions().keys()].sort();
  expect(built.filter((name) => !(name in actionCases))).toEqual([]);
  expect(Object.keys(actionCases).filter((name) => !built.includes(name))).toEqual([]);
});

for (const [name, { fields, changes, open, self }] of Object.entries(actionCases)) {
  test(`${name} does nothing to another account, nor from elsewhere`, async ({ app, account }) => {
    test.setTimeout(120_000);
    const { id, page } = builtAction(name);
    const victim = await stockedAccount(app);
    const attacker = await cookieOf(app, account);
    const insider = await insiderCookie(app, victim.account);
    const sent = fields(victim);
    const all = { ...sent, ...besides(victim.account.id, victim.account.owner.id) };
    const before = await fingerprint(app, victim.account.id);
    // From another page Next hands an action on to one of its own; so it is tried from both.
    const at = (slug: string) =>
      page === null ? `/a/${slug}` : pathOf({ pattern: page, kind: "page" }, slug, victim.stock);
    const home = at(account.slug);
    const theirs = at(victim.account.slug);
    const call = async (path: string, form: Record<string, string>, headers: Record<string, string>) =>
      callAction(app.url, id, { path, fields: form, headers });
    const own = { origin: app.url };

    for (const headers of foreign)
      for (const path of [theirs, "/sign-in", "/no/such/page"]) {
        const answer = await call(path, sent, { ...headers, cookie: victim.cookie });
        expect([headers, path, answer.status]).toEqual([headers, path, 403]);
      }
    // Where the proxy does not look: the action has to refuse it by itself.
    for (const headers of foreign) {
      const told = { ...headers, cookie: victim.cookie, "x-rollcall-path": theirs };
      for (const path of [
        "/_next/static/none.js",
        "/icon.svg",
        `/a/${victim.account.slug}/enrollment/import/upload`,
        `/a/${victim.account.slug}/enrollment/bulk-invite/upload`,
      ])
        await call(path, sent, told);
    }
    if (!open) {
      for (const form of [sent, all]) {
        for (const path of [
          home,
          theirs,
          `/a/${account.slug}`,
          `/a/${victim.account.slug}`,
          "/sign-in",
          "/no/such/page",
        ]) {
          const answer = await call(path, form, {
            ...own,
            cookie: attacker.cookie,
            "x-rollcall-path": theirs,
          });
          // A form comes back with what was typed, which is no news to whoever typed it.
          const news = Object.values(form).reduce((body, typed) => body.replaceAll(typed, ""), answer.body);
          expect(news, path).not.toContain(marker);
        }
        await call("/_next/static/none.js", form, {
          ...own,
          cookie: attacker.cookie,
          "x-rollcall-path": theirs,
        });
      }
      for (const path of [theirs, "/sign-in"]) await call(path, sent, own);
      if (!self) await call(theirs, all, { ...own, cookie: insider });
    }
    expect(await fingerprint(app, victim.account.id)).toEqual(before);

    if (changes) {
      await call(theirs, sent, { ...own, cookie: victim.cookie });
      expect(await fingerprint(app, victim.account.id)).not.toEqual(before);
    }
  });
}

test("a form sets what it shows and nothing else", async ({ app }) => {
  const { account, stock, cookie, ownerSession } = await stockedAccount(app);
  const name = "app/(console)/a/[account]/users/[id]/edit/edit-actions.ts#saveUser";
  const root = postgres(app.database.superUrl, { max: 1, onnotice: () => {} });
  const person = async () =>
    (await root`select to_jsonb(u) as row from users u where id = ${stock.user}`)[0]?.row;
  const before = await person();
  const hidden = Object.fromEntries(
    [
      "status",
      "managed",
      "source",
      "external_id",
      "externalId",
      "account_id",
      "id",
      "mails_paused",
      "email_validation",
      "emailValidation",
      "created_at",
      "status_before_suspension",
      "role",
      "roleId",
      "__proto__",
      "constructor",
    ].flatMap((field) => [
      [field, stock.role],
      [`shown_${field}`, ""],
    ]),
  );
  const fields = { ...actionCases[name]?.fields({ account, stock, cookie, ownerSession }), ...hidden };
  const path = `/a/${account.slug}/users/${stock.user}/edit`;
  await callAction(app.url, builtAction(name).id, {
    path,
    fields,
    headers: { origin: app.url, cookie },
  });
  const { updated_at: _, ...after } = await person();
  expect(after).toMatchObject({ first_name: "Eve", first_name_key: "eve", version: 2 });
  expect({
    ...after,
    first_name: "Uma",
    first_name_key: "uma",
    version: 1,
    updated_at: before.updated_at,
  }).toEqual(before);
  await root.end();
});

test("an action's id that was never made is refused like any other", async ({ app, account }) => {
  const { cookie } = await cookieOf(app, account);
  for (const action of ["0".repeat(42), "../../etc/passwd", "__proto__", "x"]) {
    const headers = {
      origin: app.url,
      cookie,
      "next-action": action,
      "content-type": "text/plain;charset=UTF-8",
    };
    const answer = await bareRequest(app.url, {
      method: "POST",
      path: `/a/${account.slug}`,
      headers,
      body: "[]",
    });
    // 400 for what can be none, 409 for what may have been one in an older build.
    expect([400, 409], action).toContain(answer.status);
  }
});
