import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countPeopleByStatus } from "#lib/accounts/count-people-by-status.ts";
import { NotAllowed } from "#lib/authorization/authorize.ts";
import { listUsers } from "#lib/users/list-users.ts";
import { ownerOf } from "#tests/support/account-owner.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";
import { makeAccount, type TestAccount } from "#tests/support/make-account.ts";

let roles: Roles;
let acme: TestAccount;
let other: TestAccount;

beforeAll(async () => {
  roles = await openRoles();
  const key = randomBytes(32).toString("base64");
  acme = await roles.as("owner", () => makeAccount(key));
  other = await roles.as("owner", () => makeAccount(key));
  for (const account of [acme, other]) {
    await roles.sql`
      insert into users (account_id, email, first_name, last_name, status, source)
      select ${account.id}, 'p' || n || '@' || ${account.domain}, 'First' || n, 'Last' || n,
        (array['invited', 'active', 'suspended', 'not_invited'])[1 + n % 4], 'import'
      from generate_series(0, 119) n`;
    await roles.sql`insert into users (account_id, first_name, last_name, source) values
      (${account.id}, 'Zoë Ann', 'van der Berg', 'directory'), (${account.id}, '100%', '_', 'directory')`;
  }
});

afterAll(() => roles.end());

const list = (view: Parameters<typeof listUsers>[1], of = acme) =>
  roles.as("app", () => listUsers(ownerOf(of), view));
const total = 120 + 2 + 1;

test("forward and back again, every person once, newest first", async () => {
  const forward: string[][] = [];
  let page = await list({});
  expect(page.previous).toBeNull();
  expect(page.matching).toEqual({ count: total, capped: false });
  for (let turn = 0; turn < 5; turn += 1) {
    forward.push(page.users.map((user) => user.id));
    if (page.next === null) break;
    page = await list({ after: page.next });
  }
  const ids = forward.flat();
  expect(ids).toEqual([...new Set(ids)].toSorted().toReversed());
  expect(ids).toHaveLength(total);
  const back: string[][] = [page.users.map((user) => user.id)];
  for (let turn = 0; turn < 5 && page.previous !== null; turn += 1) {
    page = await list({ before: page.previous });
    back.unshift(page.users.map((user) => user.id));
  }
  expect(back).toEqual(forward);
  expect(page.previous).toBeNull();
});

describe("a search", () => {
  test.each([
    ["p11", ["p11", "p110", "p111", "p112", "p113", "p114", "p115", "p116", "p117", "p118", "p119"]],
    [" P119@ ", ["p119"]],
    ["first7", ["p7", "p70", "p71", "p72", "p73", "p74", "p75", "p76", "p77", "p78", "p79"]],
    ["LAST42", ["p42"]],
    ["first5 last5", ["p5", "p50", "p51", "p52", "p53", "p54", "p55", "p56", "p57", "p58", "p59"]],
    ["first5  last6", []],
    ["irst5", []],
    ["nobody", []],
  ])("for %j", async (search, expected) => {
    const { users, matching } = await list({ search });
    const found = users.map((user) => user.email?.split("@")[0]).toSorted();
    expect(found).toEqual((expected as string[]).toSorted());
    expect(matching.count).toBe(expected.length);
  });

  test("by a name of several words, and by letters beyond ASCII", async () => {
    for (const search of ["zoë", "zoë ann", "van der", "VAN DER BERG", "zoë ann van"]) {
      const { users } = await list({ search });
      expect([search, users.map((user) => user.lastName)]).toEqual([search, ["van der Berg"]]);
    }
  });

  test.each([
    "%",
    "p%",
    "p_",
    "\\",
    "'",
    "\u0000",
    "a\u0000b",
    "\ud800",
    "x".repeat(100_000),
    "() { :; }",
    "a b c d e f g",
  ])("for %j harms nothing", async (search) => {
    expect((await list({ search: search.slice(0, 5000) })).users).toEqual([]);
  });

  test("100% finds the one who is called so", async () => {
    expect((await list({ search: "100%" })).users).toHaveLength(1);
  });

  test("is put together with a status, and paged", async () => {
    const { users, matching } = await list({ search: "p1", status: "active" });
    expect(users.every((user) => user.status === "active" && user.email?.startsWith("p1"))).toBe(true);
    expect(matching.count).toBe(users.length);
  });
});

test("each status counts and lists the same people; without an address one waits for it", async () => {
  const counts = await roles.as("app", () => countPeopleByStatus(ownerOf(acme)));
  for (const status of ["invited", "active", "suspended", "not_invited", "pending_email_input"] as const) {
    expect([status, (await list({ status })).matching]).toEqual([status, counts[status]]);
  }
  expect(Object.entries(counts).map(([status, { count }]) => [status, count])).toEqual([
    ["not_invited", 30],
    ["invited", 30],
    ["signed_up", 0],
    ["active", 31],
    ["suspended", 30],
    ["deleted", 0],
    ["pending_email_input", 2],
  ]);
  const { users } = await list({ status: "pending_email_input" });
  expect(users.map((user) => [user.email, user.status])).toEqual([
    [null, "pending_email_input"],
    [null, "pending_email_input"],
  ]);
});

test("nobody of another account, whatever is asked for", async () => {
  const stranger = (await list({}, other)).users[0]?.id ?? "";
  const all = [
    await list({}),
    await list({ after: stranger }),
    await list({ search: "p1" }),
    await list({ status: "active" }),
  ];
  for (const { users } of all) {
    expect(users.filter((user) => user.email?.endsWith(other.domain))).toEqual([]);
  }
});

test("who may not see users sees none", async () => {
  const poor = { ...ownerOf(acme), privileges: new Set<never>() };
  await expect(roles.as("app", () => listUsers(poor, {}))).rejects.toBeInstanceOf(NotAllowed);
  await expect(roles.as("app", () => countPeopleByStatus(poor))).rejects.toBeInstanceOf(NotAllowed);
});
