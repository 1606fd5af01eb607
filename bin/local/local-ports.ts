import { createServer } from "node:net";
import { StartRefused } from "./start-refused.ts";

const uses = ["the web pages", "the sample identity provider", "sample LDAP", "sample LDAPS", "Postgres"];

/** The first of the five ports that local mode uses, from PORT. */
export function firstPort(wish = process.env.PORT || "3000"): number {
  const port = Number(wish);
  if (/^\d+$/.test(wish) && port >= 1024 && port <= 65531) return port;
  throw new StartRefused(
    `PORT is "${wish}"; it must be a whole number from 1024 to 65531 (PORT to PORT+4 are used).`,
  );
}

/** Refuses with a sentence when one of the five ports is taken on loopback. */
export async function refuseTakenPorts(first: number): Promise<void> {
  for (const [index, use] of uses.entries()) {
    const port = first + index;
    if (await isFree(port)) continue;
    throw new StartRefused(
      `Port ${port} (${use}) is taken by another program. Stop that program, or start on five other ports in a row, ` +
        `for example: PORT=${first > 60000 ? first - 1000 : first + 1000} npm start`,
    );
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}
