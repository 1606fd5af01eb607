import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { waitUntil } from "#bin/local/wait-until.ts";
import { NotAllowed } from "#lib/authorization/authorize.ts";
import { editedFields, editUser } from "#lib/users/edit-user.ts";
import { filledForm, saved } from "./edit-form.ts";
import { openPeople, type People } from "./people.ts";

let people: People;

beforeAll(async () => {
  people = await openPeople();
});

afterAll(() => people.end());

type Values = Record<(typeof editedFields)[number], string>;

const form = (id: string) => filledForm(people, id);
const edit = (id: string, typed: Partial<Values>, actor = people.owner) => saved(people, id, typed, actor);
const address = (name: string) => `${name}@${people.acme.domain}`;

describe("refused, with a sentence at the field, and nothing changed", () => {
  test.each<[string, Partial<Values>, RegExp]>([
    ["a NUL", { title: "a\0b" }, /control character \(U\+0000\)/],
    ["an escape", { first_name: "\u001b[31mred" }, /U\+001B/],
    ["a direction override", { last_name: "abc\u202exe.txt" }, /direction of text \(U\+202E\)/],
    ["a direction isolate", { city: "a\u2066b" }, /U\+2066/],
    ["10 KB", { department: "x".repeat(10_240) }, /10240 characters; 200 is the most/],
    ["201 characters", { title: "é".repeat(201) }, /201 characters; 200/],
    ["65 characters of a phone", { work_phone: "1".repeat(65) }, /65 characters; 64/],
    ["65 of an extension", { extension: "1".repeat(65) }, /64/],
    ["65 of an ID", { alternate_id: "1".repeat(65), service_id: "2".repeat(65) }, /64/],
    ["no address", { email: "not an address" }, /not a valid e-mail address/],
    ["two addresses", { email: "a@acme.test, b@acme.test" }, /not a valid/],
    ["an address with a header behind it", { email: "a@acme.test\r\nBcc: b@evil.test" }, /not a valid/],
    ["a NUL in the address", { email: "a\0@acme.test" }, /not a valid/],
    ["other letters", { email: "ádá@acme.test" }, /not a valid/],
    ["a Kelvin sign", { email: "\u212aim@acme.test" }, /not a valid/],
    ["an address of 10 KB", { email: `${"a".repeat(10_240)}@acme.test` }, /not a valid/],
    ["a foreign domain", { email: "bo@elsewhere.test" }, /not in a domain of this account/],
    ["nothing, of somebody who has joined", { email: "  " }, /has joined needs an address/],
  ])("%s", async (_name, typed, sentence) => {
    const id = await people.person();
    const before = await people.row(id);
    const own = typed.email?.replaceAll("acme.test", people.acme.domain);
    const edited = await edit(id, { ...typed, ...(own !== undefined && { email: own }), region: "North" });
    expect(edited).toMatchObject({ ok: false, reason: "invalid" });
    const errors = edited.ok || edited.reason !== "invalid" ? {} : edited.errors;
    expect(Object.keys(errors).toSorted()).toEqual(Object.keys(typed).toSorted());
    for (const error of Object.values(errors)) expect(error).toMatch(sentence);
    expect(await people.row(id)).toEqual(before);
    expect(await people.events(id)).toEqual([]);
  });
});

describe("refused besides", () => {
  test("a subdomain, and the domain of another account", async () => {
    const id = await people.person();
    for (const domain of [`sub.${people.acme.domain}`, people.other.domain])
      expect(await edit(id, { email: `bo@${domain}` })).toMatchObject({ reason: "invalid" });
  });

  test("a domain that is not verified", async () => {
    await people.sql`insert into account_domains (account_id, domain) values (${people.acme.id}, 'unproved.test')`;
    expect(await edit(await people.person(), { email: "bo@unproved.test" })).toMatchObject({
      reason: "invalid",
    });
  });

  test("an address that somebody has, in any letter case; also somebody deleted", async () => {
    const id = await people.person();
    await people.person({ email: address("taken") });
    await people.person({ email: address("gone"), status: "deleted" });
    for (const [email, sentence] of [
      ["TAKEN", "Bo Berg has this address already."],
      ["gone", "Somebody who was deleted had this address."],
    ] as const) {
      const edited = await edit(id, { email: address(email) });
      expect(edited).toMatchObject({
        reason: "invalid",
        errors: { email: expect.stringContaining(sentence) },
      });
    }
  });

  test("somebody of another account, nobody, and an id that is none", async () => {
    const foreign = await people.person({}, people.other);
    const shown = Object.fromEntries(editedFields.map((field) => [field, ""])) as Values;
    for (const id of [foreign, "0193b0a0-0000-7000-8000-000000000001", "1", "' or true --"]) {
      const edited = await people.asApp(() =>
        editUser(people.owner, { id, version: 1, shown, typed: { ...shown, title: "Chief" } }),
      );
      expect(edited).toEqual({ ok: false, reason: "not_found" });
    }
    expect((await people.row(foreign)).title).toBe("Clerk");
  });

  test("somebody deleted", async () => {
    expect(await edit(await people.person({ status: "deleted" }), { title: "x" })).toMatchObject({
      reason: "deleted",
    });
  });

  test("whoever may not", async () => {
    const viewer = people.actor(people.acme.owner.id, ["users.view"]);
    await expect(edit(await people.person(), { title: "x" }, viewer)).rejects.toBeInstanceOf(NotAllowed);
  });

  test("an owner's address by somebody who holds every privilege and is none", async () => {
    const admin = { ...people.owner, userId: await people.person({ role: "Admin" }), isOwner: false };
    const edited = await edit(people.acme.owner.id, { email: address("mine") }, admin);
    expect(edited).toMatchObject({ reason: "invalid" });
  });

  test("the address of somebody who may do more, for links that sign in go there", async () => {
    const manager = people.actor(await people.person(), ["users.view", "users.manage"]);
    const admin = await people.person({ role: "Admin" });
    for (const id of [people.acme.owner.id, admin]) {
      expect(await edit(id, { email: address("mine") }, manager)).toMatchObject({
        reason: "invalid",
        errors: { email: expect.stringContaining("may do what you may not") },
      });
      expect(await edit(id, { title: "Chief" }, manager)).toMatchObject({ ok: true });
    }
  });
});

test("fields change, blanks empty, and the audit has each before and after", async () => {
  const id = await people.person();
  const edited = await edit(id, {
    title: " Chief\r\nof\tStaff ",
    first_name: "",
    city: "=1+1",
    region: "شمال",
  });
  expect(edited).toEqual({
    ok: true,
    changes: [
      { field: "first_name", before: "Bo", after: null },
      { field: "title", before: "Clerk", after: "Chief of Staff" },
      { field: "city", before: null, after: "=1+1" },
      { field: "region", before: null, after: "شمال" },
    ],
  });
  expect(await people.row(id)).toMatchObject({
    first_name: null,
    title: "Chief of Staff",
    city: "=1+1",
    version: 2,
  });
  const [event] = await people.events(id);
  expect(event).toMatchObject({
    action: "user.edited",
    actor_name: "Ada Owner",
    details: edited.ok ? { changes: edited.changes } : {},
  });
});

test("saving what stood there changes nothing and is not written down", async () => {
  const id = await people.person();
  expect(await edit(id, {})).toEqual({ ok: true, changes: [] });
  expect((await people.row(id)).version).toBe(1);
  expect(await people.events(id)).toEqual([]);
});

describe("somebody else was faster", () => {
  test("with a field: told which, nothing written; with the new version it is saved", async () => {
    const id = await people.person();
    const mine = await form(id);
    await edit(id, { title: "Chief", city: "Oslo" });
    const typed = { ...mine.shown, title: "Head", department: "Sales" };
    const refused = await people.asApp(() => editUser(people.owner, { ...mine, typed }));
    expect(refused).toMatchObject({
      reason: "changed_meanwhile",
      version: 2,
      changes: [
        { field: "title", before: "Clerk", after: "Chief" },
        { field: "city", before: null, after: "Oslo" },
      ],
    });
    expect(await people.row(id)).toMatchObject({ title: "Chief", department: null });
    if (refused.ok || refused.reason !== "changed_meanwhile") throw new Error("it was not refused");
    const again = { id, version: refused.version, shown: refused.now, typed: { ...typed, city: "Oslo" } };
    expect(await people.asApp(() => editUser(people.owner, again))).toMatchObject({ ok: true });
    expect(await people.row(id)).toMatchObject({ title: "Head", city: "Oslo", department: "Sales" });
  });

  test("with something that the form does not hold: saved all the same", async () => {
    const id = await people.person();
    const mine = await form(id);
    await people.sql`update users set managed = true, version = version + 1 where id = ${id}`;
    const typed = { ...mine.shown, title: "Head" };
    expect(await people.asApp(() => editUser(people.owner, { ...mine, typed }))).toMatchObject({ ok: true });
  });

  test("two at once: one is saved, the other is told", async () => {
    const id = await people.person();
    const mine = await form(id);
    const save = (title: string) =>
      people.asApp(() => editUser(people.owner, { ...mine, typed: { ...mine.shown, title } }));
    const both = await Promise.all([save("Chief"), save("Head"), save("Boss")]);
    expect(both.filter((edited) => edited.ok)).toHaveLength(1);
    expect(both.filter((edited) => !edited.ok && edited.reason === "changed_meanwhile")).toHaveLength(2);
    expect(await people.events(id)).toHaveLength(1);
  });

  test("while this one is being saved: it waits for them, and then is told", async () => {
    const id = await people.person();
    const mine = await form(id);
    const typed = { ...mine.shown, title: "Head" };
    const { edited } = await people.sql.begin(async (other) => {
      await other`update users set title = 'Chief', version = version + 1 where id = ${id}`;
      const saving = people.asApp(() => editUser(people.owner, { ...mine, typed }));
      const waits = () => people.sql`select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%users%'`;
      expect(await waitUntil(async () => (await waits()).length > 0, 10_000)).toBe(true);
      return { edited: saving };
    });
    expect(await edited).toMatchObject({ reason: "changed_meanwhile" });
    expect((await people.row(id)).title).toBe("Chief");
  });

  test("two people wanting one address at once: one gets it", async () => {
    const ids = await Promise.all([people.person(), people.person(), people.person()]);
    const all = await Promise.all(ids.map((id) => edit(id, { email: address("wanted") })));
    expect(all.filter((edited) => edited.ok)).toHaveLength(1);
    expect(all.filter((edited) => !edited.ok && edited.reason === "invalid")).toHaveLength(2);
  });
});
