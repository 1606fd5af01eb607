import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { timeBodies } from "#app/_web/time-for-bodies.ts";

const server = createServer((received, answer) => {
  received.on("error", () => {});
  received.resume().on("end", () => answer.end("whole"));
});

beforeAll(async () => {
  timeBodies({ uploadMs: 3_600_000, otherMs: 200 });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});

afterAll(() => {
  server.close();
});

/** Begins a body and never ends it. */
function begin(path: string) {
  const { port } = server.address() as AddressInfo;
  const sent = request({ host: "127.0.0.1", port, path, method: "POST" });
  sent.write("a=");
  const ended = Promise.race([
    once(sent, "error").then(() => "cut off"),
    once(sent, "response").then(() => "answered"),
  ]);
  return { sent, ended };
}

test("a body that does not come to its end is cut off; an upload may go on for an hour", async () => {
  const upload = begin("/a/acme/enrollment/import/upload");
  await once(server, "request");
  const other = begin("/sign-in");
  expect(await other.ended).toBe("cut off");
  expect(server.requestTimeout).toBe(3_600_000);
  upload.sent.end("b");
  expect(await upload.ended).toBe("answered");
});
