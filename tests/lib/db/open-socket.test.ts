import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TLSSocket } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keepCertificates } from "#bin/local/ldap/keep-certificates.ts";
import { connect } from "#lib/db/connect.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";
import { openLine } from "#tests/support/postgres-line.ts";

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

/** A line that speaks TLS. */
async function openTlsLine() {
  const line = await openLine(roles.database.appUrl, async (client, dialServer) => {
    const [request] = (await once(client, "data")) as [Buffer];
    expect(request.toString("hex")).toBe("0000000804d2162f");
    client.pause();
    client.write("S");
    const own = new TLSSocket(client, { isServer: true, ...keepCertificates(folder) });
    own.on("error", () => {});
    own.pipe(dialServer()).pipe(own);
  });
  return { ...line, url: (mode: string) => `${line.url}?sslmode=${mode}` };
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
  const line = await openTlsLine();
  expect(await askBy(line.url(mode))).toBe(told);
  line.close();
});
