import { afterEach, beforeEach, expect, test } from "vitest";
import { explainLive } from "#lib/directory/explain-live.ts";
import { loopback } from "#tests/support/ldap/connection-to.ts";
import { idOf, openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
const suffix = "dc=acme,dc=test";
const firstAid = `cn=first-aid,ou=Lists,${suffix}`;

beforeEach(async () => {
  sync = await openSync();
});
afterEach(() => sync.close());

const idAt = (dn: string) => idOf(sync.directory.tree.find(dn));
const put = (dn: string, values: Record<string, string | string[]>) =>
  void sync.directory.tree.put(dn, values);
const choose = (...dns: string[]) =>
  sync.settings("distribution-lists", {
    lists: { take: true, chosen: dns.map((dn) => ({ id: idAt(dn), dn, name: dn })) },
  });
const stateOf = async (runId: string) => (await sync.run(runId)).state;
const named = () => sync.sql`select name, source from groups where name ilike 'first-aid%' order by name`;

test("a list that is chosen, let go and chosen again any number of times: its group has a name of its own each time", async () => {
  for (let round = 0; round < 5; round += 1) {
    await choose(firstAid);
    expect(await stateOf(await sync.sync())).toBe("completed");
    await choose();
    expect(await stateOf(await sync.sync())).toBe("completed");
  }
  const names = (await named()).map(({ name }) => String(name));
  const id = idAt(firstAid);
  expect(names.slice(0, 3)).toEqual([
    "first-aid",
    `first-aid (directory ${id.slice(0, 8)})`,
    `first-aid (directory ${id})`,
  ]);
  expect(new Set(names).size).toBe(5);
});

test("three lists of one name in different places, beside a group made here: each is a group, and keeps its name", async () => {
  const [berlin, delhi] = ["Berlin", "Delhi"].map((site) => `cn=First-Aid,ou=${site},ou=Staff,${suffix}`);
  const ids = ["ffffffff-0000-8000-8000-000000000001", "ffffffff-0000-8000-8000-000000000002"];
  const [one, other] = sync.people().map(({ dn }) => dn) as [string, string];
  const list = { objectClass: ["groupOfNames"], cn: "First-Aid" };
  put(berlin as string, { ...list, entryUUID: ids[0] as string, member: [one] });
  put(delhi as string, { ...list, entryUUID: ids[1] as string, member: [one, other] });
  await sync.sql`insert into groups (account_id, name) values (${sync.acme.id}, 'FIRST-AID')`;
  await choose(firstAid, berlin as string, delhi as string);
  await sync.sync();
  const groups = async () => Object.entries(await sync.groups()).filter(([name]) => /^first-aid/i.test(name));
  const before = await groups();
  expect(before.map(([, members]) => members).sort()).toEqual([1, 1, 2]);
  expect(await named()).toContainEqual({ name: "FIRST-AID", source: "manual" });
  put(`cn=added,ou=Lists,${suffix}`, { objectClass: ["groupOfNames"], cn: "added", entryUUID: "0-added" });
  await choose(firstAid, berlin as string, delhi as string, `cn=added,ou=Lists,${suffix}`);
  await sync.sync();
  expect(await groups()).toEqual(before);
});

test("two units of one name in different places are two groups, each with its own people", async () => {
  for (const side of ["east", "west"]) {
    put(`dc=${side},${suffix}`, { objectClass: ["dcObject"], dc: side, entryUUID: `${side}-0` });
    const board = `ou=Board,dc=${side},${suffix}`;
    put(board, { objectClass: ["organizationalUnit"], entryUUID: `${side}-1` });
    put(`uid=${side},${board}`, { objectClass: ["person"], sn: side, entryUUID: `${side}-2` });
  }
  await sync.sync();
  expect(
    await sync.sql`select g.name, array_agg(u.last_name) as who from groups g join group_members m on m.group_id = g.id
      join users u on u.id = m.user_id where g.external_id in ('east-1', 'west-1') group by 1 order by 1`,
  ).toEqual([
    { name: "east / Board", who: ["east"] },
    { name: "west / Board", who: ["west"] },
  ]);
});

test("below a base that is a unit itself the question Why? names the unit as the sync did", async () => {
  await sync.connect({ baseDn: `ou=Staff,${suffix}` });
  await sync.sync();
  const { dn } = sync.people()[0] as { dn: string };
  const told = await sync.as("app", () => explainLive(sync.actor, loopback, dn));
  if (!told.ok) throw new Error(told.sentence);
  expect(told.cases[0]?.steps.at(-1)?.sentence).toBe("Nothing to change: is here as in the directory.");
});
