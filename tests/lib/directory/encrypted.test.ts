import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { ldapsServer } from "#bin/local/ldap/ldap-server.ts";
import { sampleDirectory, sampleReader, sampleSuffix } from "#bin/local/ldap/sample-directory.ts";
import { DirectoryConnection } from "#lib/directory/ldap/connection.ts";
import { DirectoryFailure } from "#lib/directory/ldap/failure.ts";
import type { Security } from "#lib/directory/ldap/open-socket.ts";
import { networkList } from "#lib/network/network-list.ts";
import { listening, readerPassword, startDirectory } from "#tests/support/ldap/start-directory.ts";

const folder = join(import.meta.dirname, "..", "..", "support", "ldap", "certificates");
const pem = (name: string) => readFileSync(join(folder, name), "utf8");
const ca = pem("ca.pem");
const tls = { key: pem("server.key"), cert: pem("server.pem") };
const resolve = async () => [{ address: "127.0.0.1", family: 4 }];

let running: { port: number; stop(): Promise<void> };
afterEach(() => running.stop());

async function start(security: Security): Promise<void> {
  const tree = sampleDirectory({ people: 5, password: readerPassword });
  running =
    security === "ldaps"
      ? await listening(ldapsServer({ tree, tls }))
      : await startDirectory({ tree, tls, demandsTls: true });
}

const open = (security: Security, told: { host?: string; ca?: string | null } = {}) =>
  DirectoryConnection.open(
    { opened: networkList("127.0.0.1"), resolve },
    {
      host: told.host ?? "directory.test",
      port: running.port,
      security,
      ca: told.ca === undefined ? ca : told.ca,
    },
    { bindDn: sampleReader, password: readerPassword },
  );

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => "opened",
    (error: unknown) => (error instanceof DirectoryFailure ? [error.step, error.reason] : error),
  );

describe.each(["ldaps", "starttls"] as const)("%s", (security) => {
  test.each(["directory.test", "127.0.0.1"])("reads over a line whose certificate is of %s", async (host) => {
    await start(security);
    const connection = await open(security, { host });
    const { entries } = await connection.some(
      { baseDn: sampleSuffix, filter: "(uid=p0001)", attributes: ["uid"] },
      5,
    );
    expect(entries.map((entry) => entry.text("uid"))).toEqual(["p0001"]);
    connection.close();
  });

  test("a certificate of another authority, or of another name, is not trusted", async () => {
    await start(security);
    expect(await failureOf(open(security, { ca: null }))).toEqual(["tls", "untrusted_certificate"]);
    expect(await failureOf(open(security, { host: "elsewhere.test" }))).toEqual([
      "tls",
      "untrusted_certificate",
    ]);
  });
});

test("a server that has no TLS is not spoken to in plain", async () => {
  running = await startDirectory({ people: 5 });
  expect(await failureOf(open("starttls"))).toEqual(["start_tls", "tls_refused"]);
});

test("what comes behind the answer to StartTLS, before the line is encrypted, is not believed", async () => {
  const success = Buffer.from("300c02010178070a010004000400", "hex");
  const server = createServer((socket) =>
    socket.once("data", () => socket.write(Buffer.concat([success, success]))),
  );
  running = await listening(server);
  expect(await failureOf(open("starttls"))).toEqual(["start_tls", "tls_refused"]);
});

test("a password never crosses a line that could not be encrypted", async () => {
  const heard: Buffer[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (chunk: Buffer) => heard.push(chunk));
    socket.end();
  });
  running = await listening(server);
  expect(await failureOf(open("starttls"))).not.toBe("opened");
  expect(await failureOf(open("ldaps"))).not.toBe("opened");
  expect(Buffer.concat(heard).includes(readerPassword)).toBe(false);
});
