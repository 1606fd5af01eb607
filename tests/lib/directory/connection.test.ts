import { afterEach, describe, expect, test } from "vitest";
import { sampleDirectory, sampleReader, sampleSuffix } from "#bin/local/ldap/sample-directory.ts";
import { DirectoryConnection } from "#lib/directory/ldap/connection.ts";
import { networkList } from "#lib/network/network-list.ts";
import { failureOf } from "#tests/support/ldap/failure-of.ts";
import * as faults from "#tests/support/ldap/faults.ts";
import {
  type RunningDirectory,
  readerPassword,
  startDirectory,
} from "#tests/support/ldap/start-directory.ts";

const network = { opened: networkList("127.0.0.1") };
const people = { baseDn: sampleSuffix, filter: "(objectClass=inetOrgPerson)", attributes: ["uid", "mail"] };

let directory: RunningDirectory;
afterEach(() => directory.stop());

const open = (limits = {}, bindDn = sampleReader, password = readerPassword) =>
  DirectoryConnection.open(
    network,
    { host: "127.0.0.1", port: directory.port, security: "none" },
    { bindDn, password },
    { pageSize: 30, operationMs: 500, ...limits },
  );

async function readAll(limits = {}): Promise<string[]> {
  const connection = await open(limits);
  const found: string[] = [];
  try {
    for await (const page of connection.pages(people))
      found.push(...page.entries.map((entry) => entry.text("uid") ?? ""));
    return found;
  } finally {
    connection.close();
  }
}

test("reads every entry once, over many pages", async () => {
  directory = await startDirectory({ people: 200 });
  const found = await readAll();
  expect(found).toHaveLength(200);
  expect(new Set(found).size).toBe(200);
});

test("an empty page with a cookie is no end", async () => {
  directory = await startDirectory({ people: 200, fault: faults.onPage(3, faults.emptyPageWithCookie) });
  expect(await readAll()).toHaveLength(200);
});

test("empty pages for ever are a failure", async () => {
  directory = await startDirectory({ fault: faults.onEveryPage(faults.emptyPageWithCookie) });
  expect(await failureOf(readAll({ mostEmptyPages: 5 }))).toBe("too_many_empty_pages");
});

test("pages that come again are a failure, whatever their number", async () => {
  const tree = sampleDirectory({ people: 90, password: readerPassword });
  directory = await startDirectory({ tree, fault: faults.firstPageAgain(tree, 30) });
  expect(await failureOf(readAll())).toBe("repeated_pages");
});

test("entries without end in one answer are a failure of paging, not of the port", async () => {
  directory = await startDirectory({ fault: faults.onPage(2, faults.endlessEntries) });
  expect(await failureOf(readAll({ mostEntries: 5_000, operationMs: 10_000 }))).toBe("control_refused");
});

test("a server that knows no paging has told all it has", async () => {
  directory = await startDirectory({ fault: faults.onPage(1, faults.withoutPaging) });
  expect(await readAll()).toEqual(["f0", "f1", "f2"]);
});

describe("what cuts a reading short is a failure, on whichever page", () => {
  const cases: [string, (turn: never) => void, string][] = [
    ["the size limit", faults.code(4), "size_limit"],
    ["the time limit", faults.code(3), "time_limit"],
    ["the administrative limit", faults.code(11), "admin_limit"],
    ["a busy server", faults.code(51), "busy"],
    ["an unavailable server", faults.code(52), "busy"],
    ["a refusal", faults.code(50), "not_permitted"],
    ["a reset", faults.reset, "line_dropped"],
    ["a half-close", faults.halfClose, "line_dropped"],
    ["silence", faults.silence, "timed_out"],
    ["garbage", faults.garbage, "not_ldap"],
    ["half an entry", faults.cutEntry, "line_dropped"],
    ["an attribute of 50 MB", faults.hugeEntry(50 * 1024 ** 2), "entry_too_large"],
  ];
  for (const [name, act, reason] of cases) {
    // The server is in this process, and makes the large ones meanwhile.
    const patience = reason === "timed_out" ? 300 : 10_000;
    test.each([1, 2, 7])(`${name}, on page %i`, async (page) => {
      directory = await startDirectory({ people: 200, fault: faults.onPage(page, act as () => void) });
      expect(await failureOf(readAll({ operationMs: patience }))).toBe(reason);
    });
  }
});

test("a line that dropped is never taken up again: the server would answer somebody who is not signed in", async () => {
  directory = await startDirectory();
  const connection = await open();
  for (const socket of directory.sockets) socket.destroy();
  await expect.poll(() => failureOf(connection.some(people, 5))).toBe("line_dropped");
  expect(directory.sockets.size).toBe(0);
});

test("large entries below the bound come whole", async () => {
  directory = await startDirectory({ people: 3, fault: faults.onPage(1, faults.hugeEntry(8 * 1024 ** 2)) });
  const connection = await open({ operationMs: 5_000 });
  const { entries } = await connection.some({ ...people, attributes: ["description"] }, 5);
  expect(entries[0]?.text("description")).toHaveLength(8 * 1024 ** 2);
  connection.close();
});

describe("signing in", () => {
  test.each([
    ["a wrong password", sampleReader, "wrong"],
    ["an unknown name", `cn=nobody,${sampleSuffix}`, readerPassword],
    ["no password, which some servers take for nobody", sampleReader, ""],
    ["no name", "", readerPassword],
  ])("%s is refused", async (_, bindDn, password) => {
    directory = await startDirectory();
    expect(await failureOf(open({}, bindDn, password))).toBe("wrong_credentials");
  });

  test("a server that wants an encrypted line says so", async () => {
    directory = await startDirectory({ demandsTls: true });
    expect(await failureOf(open())).toBe("strong_authentication_required");
  });
});

test("nothing listens, and a closed network, look the same", async () => {
  directory = await startDirectory();
  const at = (port: number, opened: string) =>
    failureOf(
      DirectoryConnection.open(
        { opened: networkList(opened) },
        { host: "127.0.0.1", port, security: "none" },
        { bindDn: "cn=x", password: "x" },
      ),
    );
  expect(await at(1, "127.0.0.1")).toBe("unreachable");
  expect(await at(directory.port, "10.0.0.0/8")).toBe("unreachable");
});

test("a filter that is none, and a base that is not there", async () => {
  directory = await startDirectory();
  const connection = await open();
  expect(await failureOf(connection.some({ ...people, filter: "(mail=*" }, 1))).toBe("bad_filter");
  const again = await open();
  expect(await failureOf(again.some({ ...people, baseDn: "ou=x,dc=y" }, 1))).toBe("no_such_base");
});
