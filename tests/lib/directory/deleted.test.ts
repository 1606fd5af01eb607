import { afterEach, beforeEach, expect, test } from "vitest";
import type { Fault } from "#bin/local/ldap/ldap-server.ts";
import { operations, pageAnswer, result } from "#bin/local/ldap/messages.ts";
import { activeDirectory } from "#tests/support/ldap/active-directory.ts";
import { code } from "#tests/support/ldap/faults.ts";
import { openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
let ad: ReturnType<typeof activeDirectory>;
/** What comes in the place of the answer to who asks for what was deleted. */
let answer: (messages: Buffer[], ...asked: Parameters<Fault>) => void;
let asked: number;
let dns: string[];
const everybody = 60;

beforeEach(async () => {
  ad = activeDirectory(everybody);
  asked = 0;
  answer = (messages, _request, socket) => {
    for (const message of messages) socket.write(message);
  };
  const fault: Fault = (request, socket) => {
    const messages = ad.shown(request);
    if (messages) answer(messages, request, socket);
    if (messages) asked += 1;
    return messages !== null;
  };
  sync = await openSync({ tree: ad.tree, fault });
  dns = sync.people().map(({ dn }) => dn);
  await sync.sync();
});
afterEach(() => sync.close());

const at = (nth: number) => dns[nth] as string;
const remove = (nth: number) => {
  ad.bury(at(nth));
  sync.remove(at(nth));
};
const untouched = { state: "completed", span: "incremental", deleted: 0, waiting: 0, skipped: 0 };

test("who was deleted, and is not found by the id, is suspended", async () => {
  remove(0);
  const run = await sync.syncChanges();
  expect(await sync.run(run)).toMatchObject({ ...untouched, deleted: 1, removals: "none" });
  expect((await sync.personAt(at(0)))?.status).toBe("suspended");
});

test("who is said to be deleted and is there all the same is left alone", async () => {
  ad.bury(at(0));
  expect(await sync.run(await sync.syncChanges())).toMatchObject(untouched);
  expect((await sync.personAt(at(0)))?.status).toBe("not_invited");
});

test("where nobody else is found either, nobody is believed to be deleted, and the report says so", async () => {
  ad.bury(at(0));
  for (const dn of dns) sync.remove(dn);
  const run = await sync.syncChanges();
  expect(await sync.run(run)).toMatchObject({ ...untouched, options: { countAgrees: false } });
  expect(await sync.statuses()).toEqual({ not_invited: everybody });
});

/** Comes after a page in which the person is named. */
const cut = 4;

test.each([
  ["may not read there", 50],
  ["there is no such place", 32],
  ["only the first page", cut],
  ["the control is refused", 12],
])(
  "what was deleted is not shown (%s): nobody is changed, and the next complete run finds who is gone",
  async (_why, number) => {
    answer = (messages, request, socket) => {
      if (number !== cut || asked > 0) return code(number)({ request, socket, isFirst: true });
      for (const message of messages.slice(0, -1)) socket.write(message);
      socket.write(result(request.id, operations.searchDone, 0, "", pageAnswer("1")));
    };
    remove(0);
    expect(await sync.run(await sync.syncChanges())).toMatchObject(untouched);
    expect(asked).toBe(number === cut ? 2 : 1);
    expect(await sync.run(await sync.sync())).toMatchObject({ span: "full", deleted: 1 });
  },
);

test("a tenth of the directory deleted at once waits for approval, however few that are", async () => {
  for (let nth = 0; nth < 7; nth += 1) remove(nth);
  expect(await sync.run(await sync.syncChanges())).toMatchObject({
    ...untouched,
    removals: "waiting",
    waiting: 7,
  });
});
