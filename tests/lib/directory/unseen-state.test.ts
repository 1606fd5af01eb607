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

test("where it was shown, and somebody was disabled, it ends the run that it is not any more", async () => {
  await open({ shown: true });
  await sync.sync();
  sync.change(dnAt(0), { userAccountControl: "514" });
  expect(await sync.run(await sync.sync())).toMatchObject({ state: "completed", deleted: 1 });
  hide();
  expect(await sync.run(await sync.sync())).toMatchObject({ state: "failed", activated: 0 });
});
