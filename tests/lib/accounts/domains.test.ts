import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDomain } from "#lib/accounts/add-domain.ts";
import { listDomains } from "#lib/accounts/list-domains.ts";
import { removeDomain } from "#lib/accounts/remove-domain.ts";
import { verifyDomain } from "#lib/accounts/verify-domain.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { accountLess } from "#lib/db/account-less.ts";
import { ownerOf } from "#tests/support/account-owner.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";
import { makeAccount } from "#tests/support/make-account.ts";
import { startTxtServer, type TxtAnswer } from "#tests/support/txt-server.ts";

const tokenKey = randomBytes(32).toString("base64");
const zone: Record<string, TxtAnswer> = {};
let roles: Roles;
let dns: Awaited<ReturnType<typeof startTxtServer>>;

beforeAll(async () => {
  roles = await openRoles();
  dns = await startTxtServer((name) => zone[name.toLowerCase()]);
});

afterAll(async () => {
  dns.stop();
  await roles.end();
});

const app = <T>(work: () => Promise<T>) => roles.as("app", work);
const owner = async () => ownerOf(await roles.as("owner", () => makeAccount(tokenKey)));
const freshDomain = () => `${randomBytes(5).toString("hex")}.example`;
const verify = (actor: UserActor, domain: string) =>
  app(() => verifyDomain(actor, domain, { tokenKey, dnsServers: [dns.address] }));
const recordOf = async (actor: UserActor, domain: string) => {
  const listed = await app(() => listDomains(actor, tokenKey));
  const record = listed.find((each) => each.domain === domain)?.record;
  if (!record) throw new Error("not listed");
  return record;
};
async function added(actor: UserActor) {
  const domain = freshDomain();
  await app(() => addDomain(actor, domain));
  return { domain, record: await recordOf(actor, domain) };
}
const events = (actor: UserActor, action: string) => roles.sql`
  select details, actor_id from audit_events where account_id = ${actor.accountId} and action = ${action}`;

describe("bad input", () => {
  test.each([
    "",
    "localhost",
    "acme",
    "http://acme.com",
    "acme.com/path",
    "a b.com",
    "-acme.com",
    "acme-.com",
    "acme..com",
    "10.0.0.1",
    "acmé.com",
    "\u212a.com",
    "acme.com\0",
    `${"a".repeat(64)}.com`,
    `${"a.".repeat(130)}com`,
    "_dmarc.acme.com",
    "*.acme.com",
  ])("%j is no domain", async (text) => {
    const actor = await owner();
    expect(await app(() => addDomain(actor, text))).toEqual({ ok: false, reason: "not_a_domain" });
    expect(await verify(actor, text)).toEqual({ ok: false, reason: "no_such_domain" });
    expect(await app(() => removeDomain(actor, text))).toEqual({ ok: false, reason: "no_such_domain" });
  });

  test("a domain is added once, however it is written, and no more than a hundred", async () => {
    const actor = await owner();
    const domain = freshDomain();
    expect(await app(() => addDomain(actor, ` @${domain.toUpperCase()}. `))).toEqual({ ok: true, domain });
    expect(await app(() => addDomain(actor, domain))).toMatchObject({ reason: "there_already" });
    await roles.sql`insert into account_domains (account_id, domain)
      select ${actor.accountId}, 'd' || n || '.example' from generate_series(1, 98) n`;
    expect(await app(() => addDomain(actor, freshDomain()))).toMatchObject({ reason: "too_many" });
  });

  test("a domain that was not added is not looked up", async () => {
    const before = dns.asked.length;
    expect(await verify(await owner(), freshDomain())).toMatchObject({ reason: "no_such_domain" });
    expect(dns.asked).toHaveLength(before);
  });
});

describe("a record that does not prove it", () => {
  const answers: [string, TxtAnswer | undefined, string][] = [
    ["no such name", undefined, "no_record"],
    ["a name without one", [], "no_record"],
    ["another value", ["v=spf1 -all", "rollcall-verification=AAAA"], "other_value"],
    ["a failing name server", "servfail", "no_answer"],
    ["a name server that is silent", "silent", "no_answer"],
    ["an answer that is none", "garbage", "no_answer"],
  ];
  test.each(answers)(
    "%s",
    async (_, answer, reason) => {
      const actor = await owner();
      const { domain, record } = await added(actor);
      if (answer) zone[record.name] = answer;
      expect(await verify(actor, domain)).toEqual({ ok: false, reason });
      expect(await events(actor, "domain.verified")).toHaveLength(0);
    },
    20_000,
  );

  test("another account's value, or this account's for another domain", async () => {
    const [one, other] = [await owner(), await owner()];
    const { domain, record } = await added(one);
    await app(() => addDomain(other, domain));
    zone[record.name] = [(await recordOf(other, domain)).value, (await added(one)).record.value];
    expect(await verify(one, domain)).toEqual({ ok: false, reason: "other_value" });
  });
});

test("with its record among others a domain is verified, and speaks for the account until it is removed", async () => {
  const actor = await owner();
  const { domain, record } = await added(actor);
  zone[record.name] = ["v=spf1 -all", record.value];
  expect(await verify(actor, domain)).toEqual({ ok: true, domain });
  expect(await verify(actor, domain), "again").toEqual({ ok: true, domain });
  const [listed] = (await app(() => listDomains(actor, tokenKey))).filter((each) => each.domain === domain);
  expect(listed).toMatchObject({ verifiedHow: "dns", record });
  expect(listed?.verifiedAt).toBeInstanceOf(Date);
  expect(await events(actor, "domain.verified")).toMatchObject([
    { actor_id: actor.userId, details: { domain, method: "dns" } },
  ]);
  await roles.sql`insert into sso_connections (account_id, name, issuer, client_id, enabled)
    values (${actor.accountId}, 'Acme', 'https://id.test', 'c', true)`;
  expect(await app(() => accountLess.ssoForDomain(domain))).toHaveLength(1);
  expect(await app(() => removeDomain(actor, domain))).toEqual({ ok: true });
  expect(await app(() => accountLess.ssoForDomain(domain))).toHaveLength(0);
  expect(await events(actor, "domain.removed")).toMatchObject([{ details: { domain, verified: true } }]);
});

test("what another account has verified cannot be verified, and whose it is is not said", async () => {
  const [one, other] = [await owner(), await owner()];
  const { domain, record } = await added(one);
  await app(() => addDomain(other, domain));
  zone[record.name] = [record.value, (await recordOf(other, domain)).value];
  expect(await verify(one, domain)).toMatchObject({ ok: true });
  expect(await verify(other, domain)).toEqual({ ok: false, reason: "taken" });
  expect(await events(other, "domain.verified")).toHaveLength(0);
});

test("of two accounts that verify a domain at once one gets it", async () => {
  const [one, other] = [await owner(), await owner()];
  const { domain, record } = await added(one);
  await app(() => addDomain(other, domain));
  zone[record.name] = [record.value, (await recordOf(other, domain)).value];
  const both = await Promise.all([verify(one, domain), verify(other, domain)]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(both).toContainEqual({ ok: false, reason: "taken" });
});
