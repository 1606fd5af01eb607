import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Attempt, forgiveAttempt, limitAttempts } from "#lib/sign-in/limit-attempts.ts";
import { runForgetAttempts } from "#lib/sign-in/run-forget-attempts.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";

let roles: Roles;

beforeAll(async () => {
  roles = await openRoles();
});

beforeEach(async () => {
  await roles.sql`truncate rate_limits`;
});

afterAll(() => roles.end());

const asApp = <T>(work: () => Promise<T>) => roles.as("app", work);
const attempt = (one: Attempt) => asApp(() => limitAttempts(one));
const many = (times: number, of: (n: number) => Attempt) =>
  asApp(() => Promise.all(Array.from({ length: times }, (_, n) => limitAttempts(of(n)))));
const letIn = (answers: { ok: boolean }[]) => answers.filter((answer) => answer.ok).length;

test("an address is asked for ten times in a quarter of an hour, from wherever, all at once or not", async () => {
  const answers = await many(30, (n) => ({
    door: "mailed_link",
    address: "ada@acme.test",
    ip: `8.8.8.${n}`,
  }));
  expect(letIn(answers)).toBe(10);
  const refused = answers.find((answer) => !answer.ok);
  expect(refused).toMatchObject({ ok: false, reason: "too_many" });
  expect(refused && !refused.ok && refused.seconds).toBeGreaterThan(890);
  expect(refused && !refused.ok && refused.seconds).toBeLessThanOrEqual(900);
});

test("however it is written; another address is another matter", async () => {
  await many(10, (n) => ({
    door: "mailed_link",
    address: n % 2 ? " ADA@acme.test" : "ada@ACME.test ",
    ip: "8.8.8.8",
  }));
  expect((await attempt({ door: "mailed_link", address: "ada@acme.test", ip: "9.9.9.9" })).ok).toBe(false);
  expect((await attempt({ door: "mailed_link", address: "eve@acme.test", ip: "9.9.9.9" })).ok).toBe(true);
});

test.each([
  ["address_form", 300],
  ["sso", 600],
  ["link", 60],
  ["join_link", 300],
  ["invitation_form", 300],
] as const)("from one IP the door %s is tried %i times", async (door, most) => {
  const answers = await many(most + 20, (n) => ({ door, address: `${n}@acme.test`, ip: "8.8.8.8" }));
  expect(letIn(answers)).toBe(most);
  expect((await attempt({ door, address: "x@acme.test", ip: "8.8.4.4" })).ok).toBe(true);
});

test("who holds a /64 of IPv6 addresses is one; those whose address is not known are one", async () => {
  await many(60, (n) => ({ door: "link", ip: `2001:db8:1:2::${n.toString(16)}` }));
  expect((await attempt({ door: "link", ip: "2001:db8:1:2:ffff::1" })).ok).toBe(false);
  expect((await attempt({ door: "link", ip: "2001:db8:1:3::1" })).ok).toBe(true);
  await many(60, () => ({ door: "link", ip: null }));
  expect((await attempt({ door: "link", ip: null })).ok).toBe(false);
});

test("an attempt that is taken back does not count", async () => {
  for (let n = 0; n < 70; n++) {
    expect((await attempt({ door: "link", ip: "8.8.8.8" })).ok).toBe(true);
    await asApp(() => forgiveAttempt({ door: "link", ip: "8.8.8.8" }));
  }
});

test("when the time is over there are new attempts, and the worker forgets the old", async () => {
  const tried: Attempt = { door: "mailed_link", address: "ada@acme.test", ip: "8.8.8.8" };
  await many(11, () => tried);
  expect((await attempt(tried)).ok).toBe(false);
  await roles.as("worker", runForgetAttempts);
  expect((await attempt(tried)).ok).toBe(false);
  await roles.sql`update rate_limits set expire = extract(epoch from now()) * 1000 - 1`;
  expect((await attempt(tried)).ok).toBe(true);
  await roles.sql`update rate_limits set expire = extract(epoch from now()) * 1000 - 1`;
  await roles.as("worker", runForgetAttempts);
  expect(await roles.sql`select * from rate_limits`).toEqual([]);
});

test("no address stands in the table", async () => {
  await attempt({ door: "mailed_link", address: "ada@acme.test", ip: "8.8.8.8" });
  expect(JSON.stringify(await roles.sql`select key from rate_limits`)).not.toContain("ada");
});
