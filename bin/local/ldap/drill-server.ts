import { once } from "node:events";
import type { Server, Socket } from "node:net";
import type { DrillMode } from "../../../lib/directory/drill-mode.ts";
import type { DirectoryTree } from "./directory-tree.ts";
import { playOf } from "./drill-modes.ts";
import type { Certificates } from "./keep-certificates.ts";
import { ldapServer, ldapsServer } from "./ldap-server.ts";

type Options = {
  tree: DirectoryTree;
  certificates: Certificates;
  ports: { startTls: number; ldaps: number };
};

/** Small enough that a few hundred people are several pages. */
const mostInPage = 500;

/** The sample directory on loopback, with StartTLS on one port and LDAPS on another, which plays one mode at a time. */
export class DrillServer {
  readonly #options: Options;
  readonly #sockets = new Set<Socket>();
  #servers: Server[] = [];
  #mode: DrillMode = "outage";
  #turn: Promise<void> = Promise.resolve();

  constructor(options: Options) {
    this.#options = options;
  }

  get mode(): DrillMode {
    return this.#mode;
  }

  /** Lines that are open end: nobody reads half of one directory and half of another. One change after the other. */
  play(mode: DrillMode): Promise<void> {
    this.#turn = this.#turn.catch(() => {}).then(() => this.#change(mode));
    return this.#turn;
  }

  async #change(mode: DrillMode): Promise<void> {
    await this.#close();
    this.#mode = "outage";
    const { tree, certificates, ports } = this.#options;
    const { isOut, ...play } = playOf(mode, tree);
    if (!isOut) {
      const tls = { key: certificates.key, cert: certificates.cert };
      const options = { ...play, tls, mostInPage, demandsTls: true };
      await this.#listen(ldapServer(options), ports.startTls);
      await this.#listen(ldapsServer(options), ports.ldaps);
    }
    this.#mode = mode;
  }

  async #listen(server: Server, port: number): Promise<void> {
    server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    this.#servers.push(server);
  }

  async #close(): Promise<void> {
    const closing = this.#servers.map((server) => once(server.close(), "close"));
    for (const socket of this.#sockets) socket.destroy();
    this.#servers = [];
    await Promise.all(closing);
  }
}
