import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer, connect as dial } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TLSSocket } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keepCertificates } from "#bin/local/ldap/keep-certificates.ts";
import { connect } from "#lib/db/connect.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";

let roles: Roles;
let folder: string;

beforeAll(async () => {
  roles = await openRoles();
  folder = mkdtempSync(join(tmpdir(), "rollcall-tls-"));
});

afterAll(async () => {
  await roles.end();
  rmSync(folder, { recursive: true });
});

/** Postgres behind a line that speaks TLS. */
async function openLine() {
  const { hostname, port } = new URL(roles.database.appUrl);
  const line = createServer(async (client) => {
    client.on("error", () => {});
    const [request] = (await once(client, "data")) as [Buffer];
    expect(request.toString("hex")).toBe("0000000804d2162f");
    client.pause();
    client.write("S");
    const own = new TLSSocket(client, { isServer: true, ...keepCertificates(folder) });
    const server = dial(Number(port), hostname);
    for (const each of [own, server]) each.on("error", () => {});
    own.pipe(server).pipe(own);
  });
  line.listen(0, "127.0.0.1");
  await once(line, "listening");
  const url = (mode: string) => {
    const through = new URL(roles.database.appUrl);
    through.port = String((line.address() as AddressInfo).port);
    through.searchParams.set("sslmode", mode);
    return through.href;
  };
  return { url, close: () => line.close() };
}

async function askBy(url: string): Promise<string> {
  const { sql } = connect(url, { max: 1 });
  const told = await sql`select ${"yes"} as answer`.then(
    ([row]) => row?.answer,
    ({ code, message }) => code ?? message,
  );
  await sql.end({ timeout: 0 });
  return told;
}

test.each([
  ["require", "yes"],
  ["verify-full", "SELF_SIGNED_CERT_IN_CHAIN"],
])("asked for TLS by sslmode=%s, the answer is %s", async (mode, told) => {
  const line = await openLine();
  expect(await askBy(line.url(mode))).toBe(told);
  line.close();
});
