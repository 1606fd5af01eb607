import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EventFilter } from "#lib/audit/event-view.ts";
import { listEvents } from "#lib/audit/list-events.ts";
import { recordEvent } from "#lib/audit/record-event.ts";
import { streamEvents } from "#lib/audit/stream-events.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { ownerOf } from "#tests/support/account-owner.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";
import { makeAccount, type TestAccount } from "#tests/support/make-account.ts";

let roles: Roles;
let acme: TestAccount;
let ada: UserActor;
let grace: string;
const run = "0190a000-0000-7000-8000-00000000aaaa";

const tokenKey = randomBytes(32).toString("base64");
const newAccount = () => roles.as("owner", () => makeAccount(tokenKey));

beforeAll(async () => {
  roles = await openRoles();
  acme = await newAccount();
  ada = { ...ownerOf(acme), ip: "192.0.2.7" };
  const [made] = await roles.sql`insert into users (account_id, email, source, status)
    values (${acme.id}, ${`Grace@${acme.domain}`}, 'api', 'active') returning id`;
  grace = made?.id;
  await write(ada, {
    action: "user.edited",
    subjectKind: "user",
    subjectId: grace,
    details: {
      changes: [{ field: "first_name", before: null, after: "=cmd()" }],
      before: { title: "Clerk" },
      after: { title: "" },
    },
  });
  await write(ada, {
    action: "run.requested",
    subjectKind: "run",
    subjectId: run,
    runId: run,
    details: { kind: "import", people: 3 },
  });
});

afterAll(() => roles.end());

const write = (of: UserActor, event: Parameters<typeof recordEvent>[2]) =>
  roles.as("app", () => withAccount(of, (tx) => recordEvent(tx, of, event)));
const list = (filter: EventFilter = {}, place = {}, of: UserActor = ada) =>
  roles.as("app", () => listEvents(of, filter, place));
const whats = async (filter: EventFilter) => (await list(filter)).events.map(({ what }) => what);

async function csv(filter: EventFilter, of: UserActor = ada): Promise<string> {
  let text = "";
  await roles.as("app", async () => {
    for await (const part of streamEvents(of, filter)) text += part;
  });
  return text;
}

test("an event says who, what, on whom, from where, before and after, and that it is not sealed yet", async () => {
  const [event] = (await list({ what: "user.edited" })).events;
  expect(event).toMatchObject({
    who: { id: ada.userId, name: "Ada Owner" },
    ip: "192.0.2.7",
    what: "Fields changed",
    onWhom: { kind: "user", id: grace, name: `Grace@${acme.domain}` },
    changes: [
      { field: "First name", before: null, after: "=cmd()" },
      { field: "Title", before: "Clerk", after: null },
    ],
    facts: [],
    position: null,
  });
});

const today = () => new Date().toISOString().slice(0, 10);
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

describe("filters", () => {
  test.each<[string, () => EventFilter, string[]]>([
    [
      "who, by address in any letter case",
      () => ({ who: acme.owner.email.toUpperCase() }),
      ["Run asked for", "Fields changed"],
    ],
    ["the product itself", () => ({ who: "system" }), ["Owner added", "Account made"]],
    ["an address that nobody has", () => ({ who: "nobody@acme.test" }), []],
    ["what", () => ({ what: "owner.added" }), ["Owner added"]],
    ["on whom", () => ({ onWhom: `grace@${acme.domain}` }), ["Fields changed"]],
    ["by which run", () => ({ run }), ["Run asked for"]],
    ["who and what", () => ({ who: acme.owner.email, what: "user.edited" }), ["Fields changed"]],
    ["today", () => ({ from: today(), to: today(), what: "owner.added" }), ["Owner added"]],
    ["until yesterday", () => ({ to: day(-1) }), []],
    ["from tomorrow", () => ({ from: day(1) }), []],
  ])("%s", async (_, filter, expected) => {
    expect(await whats(filter())).toEqual(expected);
  });
});

test("pages of 50 both ways and to the end, with every event once", async () => {
  const many = await newAccount();
  const of = ownerOf(many);
  await roles.sql`insert into audit_events (account_id, actor_kind, actor_name, action)
    select ${many.id}, 'system', 'mail', 'mail.failed' from generate_series(1, 118)`;
  const seen: string[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page = await list({}, after ? { after } : {}, of);
    seen.push(...page.events.map(({ id }) => id));
    expect(page.matching).toEqual({ count: 120, capped: false });
    after = page.next;
  }
  expect([seen.length, new Set(seen).size]).toEqual([120, 120]);
  expect(seen).toEqual(seen.toSorted().toReversed());
  const last = await list({}, { last: true }, of);
  expect(last.events.map(({ id }) => id)).toEqual(seen.slice(70));
  expect(last.next).toBeNull();
  const back = await list({}, { before: last.previous }, of);
  expect(back.events.map(({ id }) => id)).toEqual(seen.slice(20, 70));
});

test("the export holds what the filter shows, without a formula, and is written down itself", async () => {
  const text = await csv({ what: "user.edited" });
  const lines = text.trimEnd().split("\r\n");
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^\u{feff}Time \(UTC\),Who,What,On whom/u);
  expect(lines[1]).toContain("Ada Owner,Fields changed");
  expect(lines[1]).toContain("First name: empty → =cmd()");
  const [exported] = (await list({ what: "audit.exported" })).events;
  expect(exported).toMatchObject({
    who: { id: ada.userId },
    facts: [{ name: "What", value: "user.edited" }],
  });
  await write({ ...ada, userName: "=1+1" }, { action: "role.created" });
  expect(await csv({ what: "role.created" })).toContain(",'=1+1,");
});

test("an export of several pages holds every event once", async () => {
  const many = await newAccount();
  await roles.sql`insert into audit_events (account_id, actor_kind, actor_name, action)
    select ${many.id}, 'system', 'mail', 'mail.failed' from generate_series(1, 4500)`;
  const ids = (await csv({ what: "mail.failed" }, ownerOf(many)))
    .trimEnd()
    .split("\r\n")
    .slice(1)
    .map((line) => line.split(",").at(-1));
  expect([ids.length, new Set(ids).size]).toEqual([4500, 4500]);
});

test("another account's events, people and runs are not there", async () => {
  const other = ownerOf(await newAccount());
  const shown = await list({}, {}, other);
  expect(shown.events.map(({ what }) => what)).toEqual(["Owner added", "Account made"]);
  expect((await list({ run }, {}, other)).events).toEqual([]);
  expect((await list({ onWhom: `grace@${acme.domain}` }, {}, other)).events).toEqual([]);
});

test("who may not see the audit is refused, and leaves no export behind", async () => {
  const helper: UserActor = { ...ada, privileges: new Set(["users.view", "roles"]) };
  await expect(list({}, {}, helper)).rejects.toThrow("not allowed: audit.view");
  await expect(csv({}, helper)).rejects.toThrow("not allowed: audit.export");
});

test("codes and paths of settings are told in words", async () => {
  const other = await newAccount();
  const owner = ownerOf(other);
  const changes = [{ field: "connection.baseDn", before: "dc=old", after: "dc=new" }];
  const details = { kind: "directory_sync", changes };
  await write(owner, { action: "run.requested", subjectKind: "run", subjectId: run, details });
  const [event] = (await list({ what: "run.requested" }, {}, owner)).events;
  expect(event?.facts).toEqual([{ name: "Kind", value: "Directory sync" }]);
  expect(event?.changes).toEqual([{ field: "Connection, base DN", before: "dc=old", after: "dc=new" }]);
});
