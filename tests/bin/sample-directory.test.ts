import { X509Certificate } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Child } from "#bin/local/child-process.ts";
import { freePort } from "#bin/local/free-port.ts";
import { authorityFile, keepCertificates } from "#bin/local/ldap/keep-certificates.ts";
import { sampleReader, sampleSuffix } from "#bin/local/ldap/sample-directory.ts";
import { directoryAnswers, drillUrl, startSampleDirectory } from "#bin/local/start-sample-directory.ts";
import { waitUntil } from "#bin/local/wait-until.ts";
import { DirectoryConnection } from "#lib/directory/ldap/connection.ts";
import { networkList } from "#lib/network/network-list.ts";

const root = join(import.meta.dirname, "..", "..");
let folder: string;

beforeEach(() => {
  mkdirSync(join(root, ".build"), { recursive: true });
  folder = mkdtempSync(join(root, ".build", "sample-directory-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("its certificates", () => {
  test("are made once, of this machine, by an authority that signs nothing else", () => {
    const made = keepCertificates(folder);
    expect(keepCertificates(folder)).toEqual(made);
    const [ca, server] = [new X509Certificate(made.ca), new X509Certificate(made.cert)];
    expect([ca.ca, server.ca]).toEqual([true, false]);
    expect(server.checkIssued(ca)).toBe(true);
    expect([server.checkIP("127.0.0.1"), server.checkHost("localhost")]).toEqual(["127.0.0.1", "localhost"]);
    expect(server.checkHost("elsewhere.test")).toBeUndefined();
    expect(statSync(join(folder, "server.key")).mode & 0o077).toBe(0);
  });

  test("that are cut off, or fit no more, are made anew", () => {
    const made = keepCertificates(folder);
    writeFileSync(authorityFile(folder), made.ca.slice(0, 100));
    expect(keepCertificates(folder).ca).not.toBe(made.ca);
    writeFileSync(authorityFile(folder), made.ca);
    expect(keepCertificates(folder).ca).not.toBe(made.ca);
    writeFileSync(join(folder, "server.pem"), made.cert);
    expect(keepCertificates(folder).cert).not.toBe(made.cert);
  });
});

describe("as a process of its own", () => {
  const token = "a-token";
  let child: Child;
  let ports = { startTls: 0, ldaps: 0, door: 0 };

  beforeEach(async () => {
    ports = { startTls: await freePort(), ldaps: await freePort(), door: await freePort() };
    const logFile = join(folder, "directory.log");
    const onDeath = () => {};
    child = startSampleDirectory({
      root,
      ports,
      password: "secret",
      token,
      folder,
      logFile,
      onDeath,
    });
    expect(await waitUntil(() => directoryAnswers(ports.door, token), 20_000)).toBe(true);
  });
  afterEach(() => child.stop());

  const ask = (method: string, body?: string, told = `Bearer ${token}`) =>
    fetch(drillUrl(ports.door), { method, body: body ?? null, headers: { authorization: told } });

  test("it answers on both of its ports, and its door changes what it plays", async () => {
    const { address } = (await (await ask("GET")).json()) as { address: { ca: string } };
    expect(address).toMatchObject({ host: "127.0.0.1", bindDn: sampleReader, baseDn: sampleSuffix });
    expect(address.ca).toBe(readFileSync(authorityFile(folder), "utf8"));
    const open = (security: "ldaps" | "starttls") =>
      DirectoryConnection.open(
        { opened: networkList("127.0.0.1") },
        {
          host: "localhost",
          port: security === "ldaps" ? ports.ldaps : ports.startTls,
          security,
          ca: address.ca,
        },
        { bindDn: sampleReader, password: "secret" },
      );
    for (const security of ["ldaps", "starttls"] as const) (await open(security)).close();
    expect(await (await ask("PUT", '{"mode":"outage"}')).json()).toMatchObject({ mode: "outage" });
    for (const security of ["ldaps", "starttls"] as const)
      await expect(open(security)).rejects.toThrow("unreachable");
    expect(await (await ask("PUT", '{"mode":"normal"}')).json()).toMatchObject({ mode: "normal" });
    (await open("ldaps")).close();
  });

  test("who lacks the token, or asks for something else, changes nothing", async () => {
    const outage = '{"mode":"outage"}';
    for (const told of ["", "Bearer ", "Bearer another", token])
      expect((await ask("PUT", outage, told)).status, told).toBe(401);
    for (const body of ["", "{}", "null", '{"mode":"fire"}', `{"mode":"outage"${" ".repeat(2_000)}}`])
      expect((await ask("PUT", body)).status, body).toBe(400);
    expect((await ask("POST", outage)).status).toBe(404);
    expect(await (await ask("GET")).json()).toMatchObject({ mode: "normal" });
  });
});
