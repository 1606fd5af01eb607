import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "#lib/db/connect.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";
import { openLine } from "#tests/support/postgres-line.ts";

let roles: Roles;

beforeAll(async () => {
  roles = await openRoles();
});

afterAll(() => roles.end());

/** A line that ends with the first thing that is asked once the server is ready, and then refuses. */
async function lineThatEnds(through: string): Promise<string> {
  const line = await openLine(through, (client, dialServer) => {
    const server = dialServer();
    let ready = false;
    server.on("data", (bytes) => {
      // ReadyForQuery: Z, a length of 5, idle.
      ready ||= bytes.includes(Buffer.from([0x5a, 0, 0, 0, 5, 0x49]));
      client.write(bytes);
    });
    client.on("data", (bytes) => {
      if (!ready) return void server.write(bytes);
      line.close();
      server.destroy();
      client.end();
    });
  });
  return line.url;
}

// postgres.js asks for array types by itself on each new connection; lost under that, nobody would hear of it and the process would end.
test("a connection that is lost as soon as it is there fails its query, and the process lives", async () => {
  const unheard: unknown[] = [];
  const hear = (reason: unknown) => unheard.push(reason);
  process.on("unhandledRejection", hear);
  const { sql } = connect(await lineThatEnds(roles.database.appUrl), { max: 1 });
  await expect(sql`select 1`).rejects.toMatchObject({
    code: expect.stringMatching(/^(CONNECTION_CLOSED|ECONNREFUSED|ECONNRESET)$/),
  });
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  await sql.end({ timeout: 0 });
  process.off("unhandledRejection", hear);
  expect(unheard).toEqual([]);
});
