import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import type { Server, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "#bin/local/free-port.ts";
import type { DirectoryTree } from "#bin/local/ldap/directory-tree.ts";
import { keepCertificates } from "#bin/local/ldap/keep-certificates.ts";
import { type Fault, ldapServer, ldapsServer } from "#bin/local/ldap/ldap-server.ts";
import { sampleDirectory } from "#bin/local/ldap/sample-directory.ts";
import { readSearch } from "#bin/local/ldap/search.ts";
import { onEveryPage, type Turn } from "#tests/support/ldap/faults.ts";
import { readerPassword } from "#tests/support/ldap/start-directory.ts";

/** What the directory is and does for the length of an accident; what is not said is as usual. */
export type Play = {
  tree?: DirectoryTree;
  fault?: Fault;
  /** Nothing listens. */
  isOut?: boolean;
  /** Its certificate is signed by somebody else. */
  isForged?: boolean;
};

export type AccidentDirectory = Awaited<ReturnType<typeof openAccidentDirectory>>;

/** The sample directory, of any size in at least five pages, on a plain port and one of LDAPS. */
export async function openAccidentDirectory(people: number) {
  const folder = mkdtempSync(join(tmpdir(), "accidents-"));
  const own = keepCertificates(join(folder, "own"));
  const forged = keepCertificates(join(folder, "forged"));
  const tree = sampleDirectory({ people, password: readerPassword }).settle();
  const mostInPage = Math.min(Math.max(2, Math.ceil(people / 10)), 1_000);
  const options = { tree, mostInPage, tls: own, fault: undefined as Fault | undefined };
  const ports = { plain: await freePort(), tls: await freePort() };
  const lines = new Set<Socket>();
  let servers: Server[] = [];
  const listen = async (server: Server, port: number) => {
    server.on("connection", (socket) => {
      lines.add(socket);
      socket.on("close", () => lines.delete(socket));
    });
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    servers.push(server);
  };
  const close = async () => {
    const closing = servers.map((server) => once(server.close(), "close"));
    for (const line of lines) line.destroy();
    servers = [];
    await Promise.all(closing);
  };
  let isAwaited = false;
  const noted =
    (fault: Fault): Fault =>
    (request, socket) => {
      const hits = fault(request, socket);
      if (hits) isAwaited = false;
      return hits;
    };
  const play = async ({ isOut, isForged, ...wish }: Play = {}) => {
    await close();
    options.tree = wish.tree ?? tree;
    options.fault = wish.fault && noted(wish.fault);
    isAwaited = wish.fault !== undefined;
    if (isOut) return;
    await listen(ldapServer(options), ports.plain);
    await listen(ldapsServer({ ...options, tls: isForged ? forged : own }), ports.tls);
  };
  await play();
  return {
    tree,
    ports,
    ca: own.ca,
    mostInPage,
    middle: Math.ceil(people / mostInPage / 2),
    play,
    /** What was to go wrong has not been asked for: then nothing was shown. */
    hasMissed: () => isAwaited,
    stop: async () => {
      await close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Hits the reading of people, and no other search: at their nth page, or at each. */
export function onPeople(tree: DirectoryTree, nth: number | "each", act: (turn: Turn) => void): Fault {
  const somebody = [...tree.entries.values()].find(({ attributes }) => attributes.has("givenname"));
  let page = 0;
  return onEveryPage((turn) => {
    const asked = readSearch(turn.request, tree);
    const isReading = somebody && asked.matches(somebody) && !asked.ids && !asked.attributes.includes("1.1");
    if (!isReading) return false;
    page = turn.isFirst ? 1 : page + 1;
    if (nth !== "each" && page !== nth) return false;
    act(turn);
  });
}
