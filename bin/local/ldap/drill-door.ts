import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type DrillMode, drillModes } from "../../../lib/directory/drill-mode.ts";
import type { DrillServer } from "./drill-server.ts";

/** What an admin enters to connect with the sample directory. */
export type SampleAddress = {
  host: string;
  ports: { startTls: number; ldaps: number };
  baseDn: string;
  bindDn: string;
  password: string;
  ca: string;
};

const longestWish = 1_000;

/** `GET /drill` tells the mode and the directory's address, `PUT /drill` changes the mode; both take the token. */
export const drillDoor = (drill: DrillServer, token: string, address: SampleAddress): Server =>
  createServer((request, response) => {
    const answer = (status: number, told: object) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(told));
    serve(request, { drill, token, address, answer }).catch((error: unknown) => {
      console.error(error);
      answer(500, { error: String(error) });
    });
  });

type Door = {
  drill: DrillServer;
  token: string;
  address: SampleAddress;
  answer: (status: number, told: object) => ServerResponse;
};

async function serve(request: IncomingMessage, { drill, token, address, answer }: Door): Promise<unknown> {
  if (!isSame(request.headers.authorization ?? "", `Bearer ${token}`))
    return answer(401, { error: "the token is missing or wrong" });
  if (request.url !== "/drill" || !["GET", "PUT"].includes(request.method ?? ""))
    return answer(404, { error: "only GET and PUT of /drill" });
  if (request.method === "PUT") {
    const mode = await wishOf(request);
    if (!mode) return answer(400, { error: `mode must be one of ${drillModes.join(", ")}` });
    await drill.play(mode);
  }
  return answer(200, { mode: drill.mode, address });
}

const hashed = (text: string): Buffer => createHash("sha256").update(text).digest();
const isSame = (one: string, other: string): boolean => timingSafeEqual(hashed(one), hashed(other));

async function wishOf(request: IncomingMessage): Promise<DrillMode | undefined> {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) {
    body += chunk;
    if (body.length > longestWish) return undefined;
  }
  try {
    const { mode } = JSON.parse(body) as { mode?: unknown };
    return drillModes.find((each) => each === mode);
  } catch {
    return undefined;
  }
}
