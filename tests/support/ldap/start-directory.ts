import { once } from "node:events";
import type { AddressInfo, Server, Socket } from "node:net";
import { ldapServer } from "#bin/local/ldap/ldap-server.ts";
import { sampleDirectory } from "#bin/local/ldap/sample-directory.ts";

export const readerPassword = "reader-secret";

type Options = Omit<Parameters<typeof ldapServer>[0], "tree"> & {
  people?: number;
  tree?: ReturnType<typeof sampleDirectory>;
};

export type RunningDirectory = Awaited<ReturnType<typeof startDirectory>>;

/** The sample directory on a free port of loopback. */
export async function startDirectory({ people = 200, ...options }: Options = {}) {
  const tree = options.tree ?? sampleDirectory({ people, password: readerPassword });
  return { tree, ...(await listening(ldapServer({ ...options, tree }))) };
}

export async function listening(server: Server) {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    sockets,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
