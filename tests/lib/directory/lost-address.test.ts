import { afterEach, beforeEach, expect, test } from "vitest";
import type { Entry } from "#bin/local/ldap/directory-tree.ts";
import { idOf, openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
let people: Entry[];

beforeEach(async () => {
  sync = await openSync();
  people = sync.people();
  await sync.sync();
});
afterEach(() => sync.close());

const at = (nth: number) => people[nth] as Entry;
const mailOf = ({ attributes }: Entry) => String(attributes.get("mail")?.values[0]);
const emailOf = async (nth: number) => (await sync.userOf(idOf(at(nth))))?.email;
const addressed = async () => {
  const [row] = await sync.sql`
    select count(email)::int as n from users where account_id = ${sync.acme.id} and external_id is not null`;
  return row?.n;
};

test("many who show no address any more keep theirs, run after run, and each line says so", async () => {
  for (const { dn } of people.slice(0, 30)) sync.change(dn, { mail: null, title: "Chief" });
  for (const updated of [30, 0]) {
    const run = await sync.sync();
    expect(await sync.run(run)).toMatchObject({ state: "completed", updated });
    const kept = Object.values(await sync.said(run)).filter((said) =>
      /Left with the address they have: so many/.test(String(said)),
    );
    expect(kept).toHaveLength(30);
  }
  expect(await addressed()).toBe(40);
});

test("a few lose theirs, as the directory has it", async () => {
  for (const { dn } of people.slice(0, 8)) sync.change(dn, { mail: null });
  await sync.sync();
  expect(await addressed()).toBe(32);
});

test("once they show it again, or few are left, all is as in the directory", async () => {
  const mails = people.map(mailOf);
  for (const { dn } of people.slice(0, 30)) sync.change(dn, { mail: null });
  await sync.sync();
  for (const [nth, { dn }] of people.slice(0, 25).entries()) sync.change(dn, { mail: mails[nth] as string });
  await sync.sync();
  expect(await addressed()).toBe(35);
  expect((await sync.run(await sync.sync())).last_position).toBe(0);
});

test("the values of an attribute have no order: whoever has one of them keeps it", async () => {
  const mine = mailOf(at(0));
  const both = [mine, "second@acme.test"];
  sync.change(at(0).dn, { mail: both });
  await sync.sync();
  sync.change(at(0).dn, { mail: [...both].reverse(), title: "Chief" });
  expect(await sync.run(await sync.sync())).toMatchObject({ updated: 1 });
  expect(await emailOf(0)).toBe(mine);
  sync.change(at(0).dn, { mail: both });
  expect(await sync.run(await sync.sync())).toMatchObject({ updated: 0, last_position: 0 });
  sync.change(at(0).dn, { mail: ["second@acme.test"] });
  await sync.sync();
  expect(await emailOf(0)).toBe("second@acme.test");
});

test("an address that somebody keeps as one of several is not given to another", async () => {
  const mine = mailOf(at(0));
  sync.change(at(0).dn, { mail: ["second@acme.test", mine] });
  sync.change(at(1).dn, { mail: mine });
  const run = await sync.sync();
  expect(await emailOf(0)).toBe(mine);
  expect(Object.values(await sync.said(run)).join()).toMatch(/is held by/);
  expect(await emailOf(1)).not.toBe(mine);
});

test("an address that somebody keeps although many lost theirs is not given to a newcomer", async () => {
  const mine = mailOf(at(0));
  for (const { dn } of people.slice(0, 30)) sync.change(dn, { mail: null });
  sync.directory.tree.put("uid=newcomer,ou=Staff,dc=acme,dc=test", {
    objectClass: ["inetOrgPerson", "person"],
    sn: "Newcomer",
    mail: mine,
    entryUUID: "fedcba98-0000-4000-8000-000000000001",
  });
  const run = await sync.sync();
  expect(await sync.run(run)).toMatchObject({ state: "completed", created: 1, failed: 0 });
  expect(Object.values(await sync.said(run)).join()).toMatch(/is held by .*; brought without it/);
  expect(await emailOf(0)).toBe(mine);
});
