import type { Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "#lib/db/connect.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";
import { openLine } from "#tests/support/postgres-line.ts";

let roles: Roles;

beforeAll(async () => {
  roles = await openRoles();
});

afterAll(() => roles.end());

/** A line whose connections can all be cut, and which then takes new ones. */
async function openCutLine(through: string) {
  const clients = new Set<Socket>();
  const line = await openLine(through, (client, dialServer) => {
    const server = dialServer();
    clients.add(client);
    client.pipe(server).pipe(client);
    client.on("close", () => {
      clients.delete(client);
      server.destroy();
    });
  });
  const cut = (how: "reset" | "end") => {
    for (const client of clients) {
      client.unpipe();
      if (how === "reset") client.resetAndDestroy();
      else client.end();
    }
  };
  return { ...line, cut };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

const lost = /^(CONNECTION_CLOSED|ECONNRESET|EPIPE|ERR_STREAM_DESTROYED|ERR_STREAM_WRITE_AFTER_END)$/;

/** Asks, and counts who has no answer yet. */
function openDesk(url: string, max: number) {
  const { sql } = connect(url, { max });
  const desk = { sql, left: 0, ask: async () => {} };
  desk.ask = async () => {
    desk.left += 1;
    await sql`select ${7}::int as seven`.then(
      ([row]) => expect(row).toEqual({ seven: 7 }),
      ({ code }) => expect(code).toMatch(lost),
    );
    desk.left -= 1;
  };
  return desk;
}

const noneLeft = (desk: { left: number }) => expect.poll(() => desk.left, { timeout: 4_000 }).toBe(0);

// What is asked between a loss and the closing of its socket postgres.js would never answer, or would keep to itself and
// then be silent on that connection for a minute. Here something is asked in every turn of the event loop.
test("what is asked while connections are lost is answered or fails at once", async () => {
  const line = await openCutLine(roles.database.appUrl);
  const desk = openDesk(line.url, 2);
  for (let round = 0; round < 5; round += 1) {
    const asked = [desk.ask(), desk.ask()];
    await Promise.all(asked);
    for (let n = 0; n < 40; n += 1) {
      asked.push(desk.ask());
      if (n === 5) line.cut("end");
      await turn();
    }
    await noneLeft(desk);
    await Promise.all(asked);
  }
  await desk.sql.end({ timeout: 0 });
  line.close();
});

test.each(["reset", "end"] as const)(
  "what is asked again as soon as it failed (%s) is answered or fails at once",
  async (how) => {
    const line = await openCutLine(roles.database.appUrl);
    const desk = openDesk(line.url, 5);
    for (let round = 0; round < 10; round += 1) {
      await Promise.all([1, 2, 3, 4, 5].map(() => desk.sql`select pg_sleep(0.02)`.catch(() => {})));
      const again = [1, 2].map(() => desk.sql`select pg_sleep(20)`.catch(() => desk.ask()));
      await expect
        .poll(
          () => roles.sql`select from pg_stat_activity where query like '%pg_sleep(20)%' and pid <> pg_backend_pid()
        and state = 'active' and datname = current_database()`,
          { interval: 10 },
        )
        .toHaveLength(2);
      line.cut(how);
      await expect.poll(() => desk.left, { timeout: 4_000 }).toBe(0);
      await Promise.all(again);
      await Promise.all([1, 2, 3, 4, 5, 6].map(desk.ask));
      await roles.sql`select pg_terminate_backend(pid) from pg_stat_activity
      where query like '%pg_sleep(20)%' and pid <> pg_backend_pid() and datname = current_database()`;
    }
    await desk.sql.end({ timeout: 0 });
    line.close();
  },
);
