import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Entry } from "#bin/local/ldap/directory-tree.ts";
import { idOf, openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
let people: Entry[];
const mailOf = (entry: Entry) => String(entry.attributes.get("mail")?.values[0]);
const at = (nth: number) => people[nth] as Entry;
const user = (nth: number) => sync.userOf(idOf(at(nth)));

beforeEach(async () => {
  sync = await openSync();
  people = sync.people();
  await sync.sync();
});
afterEach(() => sync.close());

describe("what becomes of a person", () => {
  test("changed fields are changed here, one emptied there is emptied here, one that is not mapped is kept", async () => {
    await sync.sql`update users set language = 'de', version = version + 1 where external_id = ${idOf(at(0))}`;
    sync.change(at(0).dn, { title: "Chief", l: "Paris", telephoneNumber: null });
    const run = await sync.sync();
    expect(await sync.run(run)).toMatchObject({ updated: 1, unchanged: 39, created: 0 });
    expect(await user(0)).toMatchObject({ title: "Chief", city: "Paris", work_phone: null, language: "de" });
  });

  test("disabled or deleted there is suspended here with a way back, and is restored when it comes back", async () => {
    sync.change(at(0).dn, { nsAccountLock: "TRUE" });
    const attributes = new Map(at(1).attributes);
    sync.remove(at(1).dn);
    const run = await sync.sync();
    expect(await sync.run(run)).toMatchObject({ deleted: 2, removals: "none" });
    expect([(await user(0))?.status, (await user(1))?.status]).toEqual(["suspended", "suspended"]);
    expect(Object.values(await sync.said(run))).toEqual([
      expect.stringMatching(/^deleted: Disabled in the directory\. Restorable until/),
      expect.stringMatching(/^deleted: Is no longer in the directory\. Restorable until/),
    ]);
    sync.change(at(0).dn, { nsAccountLock: null });
    const back = sync.directory.tree.put(at(1).dn, {});
    for (const [name, values] of attributes) back.attributes.set(name, values);
    const again = await sync.sync();
    expect(await sync.run(again)).toMatchObject({ activated: 2, deleted: 0 });
    expect(await sync.statuses()).toEqual({ not_invited: 40 });
  });

  test("whoever was suspended here by an admin is not let in again by the directory", async () => {
    await sync.sql`update users set status = 'suspended', status_before_suspension = 'active', suspended_at = now(), version = version + 1
      where external_id = ${idOf(at(0))}`;
    sync.change(at(0).dn, { title: "Chief" });
    const run = await sync.sync();
    expect(Object.values(await sync.said(run))).toEqual([
      "skipped: Was suspended here by an admin; left so.",
    ]);
    expect(await user(0)).toMatchObject({ status: "suspended" });
  });

  test("moved to another unit, renamed, another address: still the same person", async () => {
    const before = await user(0);
    sync.move(at(0).dn, `uid=renamed,ou=Sales,ou=Delhi,ou=Staff,dc=acme,dc=test`);
    sync.change("uid=renamed,ou=Sales,ou=Delhi,ou=Staff,dc=acme,dc=test", {
      mail: "new.name@acme.test",
      sn: "Newname",
    });
    const run = await sync.sync();
    expect(await sync.run(run)).toMatchObject({ updated: 1, created: 0, deleted: 0 });
    expect(await user(0)).toMatchObject({
      id: before?.id,
      email: "new.name@acme.test",
      last_name: "Newname",
      organizational_unit: "Staff / Delhi / Sales",
      email_validation: "pending",
    });
  });
});

describe("what becomes of an address", () => {
  test("two who exchange their addresses in one run both have the right one", async () => {
    const [one, other] = [mailOf(at(0)), mailOf(at(1))];
    sync.change(at(0).dn, { mail: other });
    sync.change(at(1).dn, { mail: one });
    const run = await sync.sync();
    expect(await sync.run(run)).toMatchObject({ state: "completed", updated: 2, skipped: 0 });
    expect([(await user(0))?.email, (await user(1))?.email]).toEqual([other, one]);
  });

  test("a new person under the address of one who left is a person of their own, and both are named", async () => {
    const mail = mailOf(at(0));
    sync.remove(at(0).dn);
    sync.directory.tree.put(`uid=new,${at(0).dn.split(",").slice(1).join(",")}`, {
      objectClass: ["person", "inetOrgPerson"],
      entryUUID: "00000000-0000-8000-8000-00000000abcd",
      sn: "Successor",
      mail,
    });
    const run = await sync.sync();
    expect(await sync.run(run)).toMatchObject({ created: 1, deleted: 1 });
    expect(await sync.userOf("00000000-0000-8000-8000-00000000abcd")).toMatchObject({
      email: null,
      last_name: "Successor",
    });
    expect(await user(0)).toMatchObject({ status: "suspended", email: mail });
    expect((await sync.entries(run)).find(({ outcome }) => outcome === "new")?.reason).toMatch(
      /is held by .+; brought without it/,
    );
  });

  test("two entries with one address: who has it keeps it, letter case does not count, and the other is brought without", async () => {
    sync.change(at(1).dn, { mail: mailOf(at(0)).toUpperCase() });
    const run = await sync.sync();
    expect(await user(0)).toMatchObject({ email: mailOf(at(0)) });
    expect((await user(1))?.email).not.toBe(mailOf(at(0)).toUpperCase());
    expect((await sync.entries(run))[0]).toMatchObject({
      reason: expect.stringMatching(/is held by .+; left with the one they have/),
    });
  });

  test("no mail: kept, and waits for an address", async () => {
    sync.change(at(0).dn, { mail: null });
    await sync.sync();
    expect(await user(0)).toMatchObject({ email: null, status: "not_invited" });
  });
});

describe("who is never touched", () => {
  test("owners: the run says so", async () => {
    await sync.sql`update users set external_id = ${"id-of-the-owner"} where id = ${sync.actor.userId}`;
    await sync.sql`insert into directory_entries (account_id, external_id, user_id, dn, dn_key, verdict, run_id)
      values (${sync.acme.id}, 'id-of-the-owner', ${sync.actor.userId}, 'uid=owner', 'uid=owner', 'in', ${sync.actor.userId})`;
    const run = await sync.sync();
    expect(await sync.run(run)).toMatchObject({ state: "completed", deleted: 0, failed: 1 });
    expect((await sync.entries(run))[0]?.reason).toMatch(/a sync never removes an owner/);
  });

  test("an exclusion rule over people who are here removes nobody, and brings nobody new", async () => {
    await sync.settings("users", {
      users: {
        mapping: "default",
        attributes: {},
        inclusion: "",
        exclusions: [{ field: "department", how: "is", value: "sales" }],
        inviteNew: false,
        disabledBy: null,
      },
    });
    const run = await sync.sync();
    const row = await sync.run(run);
    expect(row).toMatchObject({ state: "completed", deleted: 0, removals: "none" });
    expect(row.skipped).toBeGreaterThan(5);
    expect(await sync.statuses()).toEqual({ not_invited: 40 });
    expect((await sync.entries(run))[0]?.reason).toBe(
      "Left out by exclusion rule 1: department is “sales”. Left as they are.",
    );
  });

  test("whom the settings protect", async () => {
    const id = (await user(0))?.id;
    await sync.settings("protected", { protected: { users: [id], groups: [], rules: [] } });
    sync.change(at(0).dn, { title: "Chief" });
    sync.remove(at(1).dn);
    await sync.sync();
    expect(await user(0)).toMatchObject({ title: expect.not.stringMatching("Chief") });
    sync.remove(at(0).dn);
    const run = await sync.sync();
    expect(await user(0)).toMatchObject({ status: "not_invited" });
    expect(await sync.run(run)).toMatchObject({ deleted: 0 });
  });

  test("people who are here and not from the directory; one under an address of it is adopted, once", async () => {
    const mine = await sync.person("mine@acme.test", "active");
    sync.change(at(0).dn, { mail: "other@acme.test" });
    await sync.sync();
    const theirs = await sync.person(mailOf(people[1] as Entry).replace("@", ".x@"), "active");
    expect([mine, theirs].every(Boolean)).toBe(true);
    sync.directory.tree.put("uid=new,ou=Sales,ou=Delhi,ou=Staff,dc=acme,dc=test", {
      objectClass: ["person"],
      entryUUID: "00000000-0000-8000-8000-0000000000aa",
      sn: "Known",
      mail: "MINE@acme.test",
    });
    const run = await sync.sync();
    expect(await sync.run(run)).toMatchObject({ created: 0, updated: 1 });
    expect(await sync.userOf("00000000-0000-8000-8000-0000000000aa")).toMatchObject({
      id: mine,
      status: "active",
      last_name: "Known",
    });
  });
});
