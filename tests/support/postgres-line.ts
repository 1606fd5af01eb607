import { once } from "node:events";
import { type AddressInfo, createServer, connect as dial, type Socket } from "node:net";

/** What becomes of a connection; `dialServer` opens the one behind it to Postgres. */
type Pass = (client: Socket, dialServer: () => Socket) => void;

/** Postgres behind a line of the test's own; errors of either side are the other's to notice. `close` takes no new connections. */
export async function openLine(url: string, pass: Pass) {
  const { hostname, port } = new URL(url);
  const quiet = (socket: Socket) => socket.on("error", () => {});
  const line = createServer((client) => pass(quiet(client), () => quiet(dial(Number(port), hostname))));
  line.listen(0, "127.0.0.1");
  await once(line, "listening");
  const through = new URL(url);
  through.port = String((line.address() as AddressInfo).port);
  return { url: through.href, close: () => line.close() };
}
