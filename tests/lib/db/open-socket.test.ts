import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer, connect as dial, type Socket } from "node:net";
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

type Answer = "S" | "N" | "end";

/** Postgres behind a line that answers the requests for TLS one after the other, the last answer again and again. */
async function openLine(...answers: Answer[]) {
  const { hostname, port } = new URL(roles.database.appUrl);
  const line = createServer(async (client) => {
    client.on("error", () => {});
    const [request] = (await once(client, "data")) as [Buffer];
    expect(request.toString("hex")).toBe("0000000804d2162f");
    client.pause();
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer === "end") return void client.end();
    client.write(answer as string);
    const own: Socket =
      answer === "S" ? new TLSSocket(client, { isServer: true, ...keepCertificates(folder) }) : client;
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

async function askBy(url: string, times = 1): Promise<string[]> {
  const { sql } = connect(url, { max: 1 });
  const told: string[] = [];
  for (let n = 0; n < times; n += 1)
    told.push(
      await sql`select ${"yes"} as answer`.then(
        ([row]) => row?.answer,
        ({ code, message }) => code ?? message,
      ),
    );
  await sql.end({ timeout: 0 });
  return told;
}

test.each<[string, Answer, string]>([
  ["require", "S", "yes"],
  ["prefer", "S", "yes"],
  ["prefer", "N", "yes"],
  ["require", "N", "The database does not offer TLS."],
  ["verify-full", "S", "SELF_SIGNED_CERT_IN_CHAIN"],
])("asked for TLS by sslmode=%s and told %s, the answer is %s", async (mode, answer, told) => {
  const line = await openLine(answer);
  expect(await askBy(line.url(mode))).toEqual([told]);
  line.close();
});

test("a place in the pool outlives a line that ends before there is TLS", async () => {
  const line = await openLine("end", "end", "S");
  const told = await askBy(line.url("require"), 3);
  expect(told).toEqual(["ABORT_ERR", "ABORT_ERR", "yes"]);
  line.close();
});
