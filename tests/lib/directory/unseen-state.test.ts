import { afterEach, expect, test } from "vitest";
import type { Entry } from "#bin/local/ldap/directory-tree.ts";
import { activeDirectory } from "#tests/support/ldap/active-directory.ts";
import { openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
let people: Entry[];
afterEach(() => sync.close());

const hide = () => {
  for (const { attributes } of people) attributes.delete("useraccountcontrol");
};

async function open({ shown }: { shown: boolean }) {
  const { tree } = activeDirectory(40);
  sync = await openSync({ tree });
  people = sync.people();
  if (!shown) hide();
}

const dnAt = (nth: number) => String(people[nth]?.dn);

test("where Active Directory never showed who is disabled, people who have gone stop no later sync", async () => {
  await open({ shown: false });
  await sync.sync();
  sync.remove(dnAt(0));
  expect(await sync.run(await sync.sync())).toMatchObject({ state: "completed", deleted: 1 });
  expect(await sync.run(await sync.sync())).toMatchObject({ state: "completed", deleted: 0 });
});

test("nor those whom an attribute of the admin's choice tells", async () => {
  await open({ shown: false });
  await sync.settings("users", {
    users: {
      mapping: "default",
      attributes: {},
      inclusion: "",
      exclusions: [],
      inviteNew: false,
      disabledBy: { attribute: "employeeType", value: "left" },
    },
  });
  await sync.sync();
  sync.change(dnAt(0), { employeeType: "left" });
  expect(await sync.run(await sync.sync())).toMatchObject({ state: "completed", deleted: 1 });
  expect(await sync.run(await sync.sync())).toMatchObject({ state: "completed", deleted: 0, activated: 0 });
});

test("where it is not shown any more, whoever was disabled stays suspended, until it is, and all others are kept true", async () => {
  await open({ shown: true });
  await sync.sync();
  sync.change(dnAt(0), { userAccountControl: "514" });
  await sync.sync();
  hide();
  sync.change(dnAt(1), { title: "Chief" });
  for (const _run of ["the first", "the next"]) {
    const run = await sync.sync();
    expect(await sync.run(run)).toMatchObject({ state: "completed", activated: 0, deleted: 0 });
    expect(Object.values(await sync.said(run))).toContainEqual(
      expect.stringMatching(/^skipped: Was disabled in the directory, which does not show any more/),
    );
  }
  expect(await sync.personAt(dnAt(0))).toMatchObject({ status: "suspended" });
  expect(await sync.personAt(dnAt(1))).toMatchObject({ title: "Chief", status: "not_invited" });
  sync.change(dnAt(0), { userAccountControl: "512" });
  expect(await sync.run(await sync.sync())).toMatchObject({ activated: 1 });
});

test("who was gone and comes back is let in again, whether or not it is shown", async () => {
  await open({ shown: false });
  await sync.sync();
  const entry = people[0] as Entry;
  sync.remove(entry.dn);
  await sync.sync();
  const back = sync.directory.tree.put(entry.dn, {});
  for (const [name, value] of entry.attributes) back.attributes.set(name, value);
  expect(await sync.run(await sync.sync())).toMatchObject({ activated: 1 });
});
