import { afterEach, describe, expect, test } from "vitest";
import { sampleReader, sampleSuffix } from "#bin/local/ldap/sample-directory.ts";
import { dnKey, MalformedDn, parentKey, parseDn } from "#lib/directory/dn-key.ts";
import { allValues } from "#lib/directory/ldap/all-values.ts";
import { DirectoryConnection } from "#lib/directory/ldap/connection.ts";
import { guidToBytes, guidToText } from "#lib/directory/ldap/guid.ts";
import { probeServer } from "#lib/directory/ldap/probe-server.ts";
import { readFileTime, readGeneralizedTime } from "#lib/directory/ldap/times.ts";
import { networkList } from "#lib/network/network-list.ts";
import {
  type RunningDirectory,
  readerPassword,
  startDirectory,
} from "#tests/support/ldap/start-directory.ts";

describe("spellings of one name have one key", () => {
  test.each([
    ["cn=Doe\\, J,ou=Staff,dc=acme", "CN=Doe\\2C J, OU=staff ,DC=Acme"],
    ['cn="Doe, J",dc=acme', "cn=Doe\\, J,dc=acme"],
    ["cn=Lu\\C4\\8Di\\C4\\87,dc=acme", "cn=Lučić,dc=acme"],
    ["cn=a+uid=1,dc=acme", "uid=1 + cn=A,dc=acme"],
    ["cn=#0403414243,dc=acme", "cn=abc,dc=acme"],
    ["uid=ada.l,OU=Two Words,dc=acme-x", "uid=\\61da.l, ou=two words,dc=acme-x"],
    ['cn="Doe ",dc=acme', "cn=Doe\\ ,dc=acme"],
    ["cn=Doe\\ \\ Ada  ,dc=acme", "cn=doe ada,dc=acme"],
    ["my_type=1,dc=acme", "MY_TYPE= 1,dc=acme"],
    ["cn=two  blanks,dc=acme", "cn=Two Blanks,dc=acme"],
    ["cn=\\ led by a blank\\ ,dc=acme", "cn=led by a blank,dc=acme"],
    ["OID.2.5.4.3=x;dc=acme", "2.5.4.3=x,dc=acme"],
  ])("%s and %s", (one, other) => {
    expect(dnKey(one)).toBe(dnKey(other));
  });

  test("different names have different ones", () => {
    expect(dnKey("cn=a\\,ou=b,dc=x")).not.toBe(dnKey("cn=a,ou=b,dc=x"));
    expect(dnKey("cn=a\\+b=c,dc=x")).not.toBe(dnKey("cn=a+b=c,dc=x"));
  });

  test("a value keeps the blanks that are escaped, and no others", () => {
    expect(parseDn("ou=Sales and\\ Service\\  ,dc=x")[0]).toEqual([["ou", "Sales and Service "]]);
  });

  test("the key of the entry above is the rest", () => {
    expect(parentKey(dnKey("cn=Doe\\, J,ou=Staff,dc=acme"))).toBe(dnKey("ou=Staff,dc=acme"));
    expect(parentKey(dnKey("dc=acme"))).toBe("");
    expect(dnKey("")).toBe("");
  });

  test.each(["cn", "=x", "cn=a,,dc=x", 'cn="a', "cn=a\\", "cn=#zz", 'cn="a"b,dc=x'])("%s is none", (text) => {
    expect(() => dnKey(text)).toThrow(MalformedDn);
  });
});

test("a GUID is mixed-endian: text, bytes and back", () => {
  const bytes = Buffer.from("00112233445566778899aabbccddeeff", "hex");
  expect(guidToText(bytes)).toBe("33221100-5544-7766-8899-aabbccddeeff");
  expect(guidToBytes(guidToText(bytes))).toEqual(bytes);
  expect(() => guidToText(bytes.subarray(1))).toThrow(RangeError);
});

test.each([
  ["20260131235959Z", "2026-01-31T23:59:59.000Z"],
  ["20260131235959.5Z", "2026-01-31T23:59:59.500Z"],
  ["202601312359+0130", "2026-01-31T22:29:00.000Z"],
  ["2026013123Z", "2026-01-31T23:00:00.000Z"],
  ["20261331235959Z", undefined],
  ["yesterday", undefined],
])("generalized time %s", (text, iso) => {
  expect(readGeneralizedTime(text)?.toISOString()).toBe(iso);
});

test.each([
  ["134116992000000000", "2026-01-01T00:00:00.000Z"],
  ["0", undefined],
  ["9223372036854775807", undefined],
  ["-5", undefined],
])("file time %s", (text, iso) => {
  expect(readFileTime(text)?.toISOString()).toBe(iso);
});

describe("over the wire", () => {
  let directory: RunningDirectory;
  afterEach(() => directory.stop());
  const open = () =>
    DirectoryConnection.open(
      { opened: networkList("127.0.0.1") },
      { host: "127.0.0.1", port: directory.port, security: "none" },
      { bindDn: sampleReader, password: readerPassword },
    );

  test("members that come in parts are joined; without that the list would look empty", async () => {
    directory = await startDirectory({ people: 200, mostValues: 7 });
    const connection = await open();
    const list = await connection.entry(`cn=all-berlin,ou=Lists,${sampleSuffix}`, ["member"]);
    if (!list) throw new Error("the list is missing");
    expect(list.texts("member")).toEqual([]);
    expect(await allValues(connection, list, "member")).toHaveLength(50);
    connection.close();
  });

  test("the server tells what it is", async () => {
    directory = await startDirectory();
    const connection = await open();
    expect(await probeServer(connection)).toMatchObject({
      kind: "openldap",
      idAttribute: "entryUUID",
      namingContexts: [sampleSuffix],
    });
    connection.close();
  });

  test("bytes that are no UTF-8 are read as Windows-1252, and ids stay bytes", async () => {
    directory = await startDirectory({ people: 1 });
    const id = Buffer.from("ff00112233445566778899aabbccddee", "hex");
    directory.tree.put(`cn=odd,${sampleSuffix}`, {
      objectClass: "person",
      cn: "odd",
      sn: Buffer.from("4dfc6c6c6572", "hex"),
      objectGUID: id,
    });
    const connection = await open();
    const entry = await connection.entry(`cn=odd,${sampleSuffix}`, ["sn", "objectGUID"]);
    expect(entry?.text("sn")).toBe("Müller");
    expect(entry?.bytes("objectGUID")).toEqual(id);
    connection.close();
  });
});
