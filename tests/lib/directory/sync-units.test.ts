import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf, openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
const staff = "ou=Staff,dc=acme,dc=test";
const berlin = `ou=Berlin,${staff}`;

beforeEach(async () => {
  sync = await openSync();
  const id = idOf(sync.directory.tree.find(berlin));
  // Chosen by an older spelling, and one of its sub-units besides.
  const chosen = [
    { id, dn: `OU=berlin, ${staff}`, name: "Berlin" },
    { id: idAt(`ou=Sales,${berlin}`), dn: `ou=Sales,${berlin}`, name: "Sales" },
  ];
  await sync.settings("organizational-units", { units: { take: "specific", chosen } });
  await sync.sync();
});
afterEach(() => sync.close());

const idAt = (dn: string) => idOf(sync.directory.tree.find(dn));

/** Everything in it comes along. */
function rename(from: string, to: string): void {
  const below = [...sync.directory.tree.entries.values()].filter(({ dn }) => dn.endsWith(from));
  for (const { dn } of below) sync.move(dn, `${dn.slice(0, -from.length)}${to}`);
}

test("people of a chosen unit and its sub-units come, each once, and follow it when it is renamed or moved", async () => {
  expect(await sync.statuses()).toEqual({ not_invited: 10 });
  rename(berlin, `ou=Berlin-Mitte,${staff}`);
  const renamed = await sync.sync();
  expect(await sync.run(renamed)).toMatchObject({
    state: "completed",
    rows_read: 10,
    updated: 10,
    deleted: 0,
  });
  expect(Object.keys(await sync.groups())).toContain("Staff / Berlin-Mitte");
  rename(`ou=Berlin-Mitte,${staff}`, "ou=Berlin,dc=acme,dc=test");
  const moved = await sync.sync();
  expect(await sync.run(moved)).toMatchObject({ state: "completed", rows_read: 10, updated: 10, deleted: 0 });
  expect(await sync.statuses()).toEqual({ not_invited: 10 });
});

test("where a chosen unit is not there any more the run fails, and nobody is taken for gone", async () => {
  rename(`ou=Sales,${berlin}`, `ou=Sales,ou=Delhi,${staff}`);
  sync.remove(`ou=Sales,ou=Delhi,${staff}`);
  const run = await sync.sync();
  expect(await sync.run(run)).toMatchObject({
    state: "failed",
    failure:
      "1 unit that was chosen is not in the directory any more, or the User ID may not see it: “Sales”. Nobody was changed. Choose the units again.",
  });
  expect(await sync.statuses()).toEqual({ not_invited: 10 });
});
