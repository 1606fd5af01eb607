import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type SecureContextOptions, TLSSocket } from "node:tls";
import { Elements, frameAt } from "./ber.ts";
import { type DirectoryTree, valuesOf } from "./directory-tree.ts";
import {
  codes,
  extendedResult,
  operations,
  type Request,
  readRequest,
  result,
  startTls,
  whoAmI,
} from "./messages.ts";
import { answerSearch, type Limits, readSearch } from "./search.ts";

/** What a server does in the place of its answer; true when it has dealt with the request. */
export type Fault = (request: Request, socket: Socket) => boolean;

type Options = { [limit in keyof Limits]?: number | undefined } & {
  tree: DirectoryTree;
  /** For StartTLS and for LDAPS. */
  tls?: SecureContextOptions;
  /** Binds are refused where the line is plain, as Active Directory may demand. */
  demandsTls?: boolean;
  fault?: Fault | undefined;
};

const largestRequest = 1024 ** 2;
const unlimited = Number.POSITIVE_INFINITY;

/** A read-only LDAP server over entries in memory: bind with password, search with paging and ranges, StartTLS. */
export const ldapServer = (options: Options): Server => createServer((socket) => serve(socket, options));

export const ldapsServer = (options: Options & { tls: SecureContextOptions }): Server =>
  createTlsServer(options.tls, (socket) => serve(socket, options));

function serve(socket: Socket, options: Options): void {
  const session = new Session(socket, options);
  socket.setNoDelay(true);
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk: Buffer) => session.take(chunk));
}

class Session {
  readonly socket: Socket;
  readonly options: Options;
  pending: Buffer = Buffer.alloc(0);
  boundAs: string | null = null;

  constructor(socket: Socket, options: Options) {
    this.socket = socket;
    this.options = options;
  }

  take(chunk: Buffer): void {
    this.pending = this.pending.length > 0 ? Buffer.concat([this.pending, chunk]) : chunk;
    try {
      for (
        let frame = frameAt(this.pending, 0);
        frame && frame.end <= this.pending.length;
        frame = frameAt(this.pending, 0)
      ) {
        const request = readRequest(this.pending.subarray(0, frame.end));
        this.pending = this.pending.subarray(frame.end);
        if (!this.options.fault?.(request, this.socket)) this.answer(request);
      }
      if (this.pending.length > largestRequest) this.socket.destroy();
    } catch (error) {
      // Whoever sends no LDAP is hung up on.
      if (!(error instanceof RangeError)) throw error;
      this.socket.destroy();
    }
  }

  answer(request: Request): void {
    const { id, operation } = request;
    if (operation === operations.bindRequest) this.bind(request);
    else if (operation === operations.searchRequest) this.search(request);
    else if (operation === operations.extendedRequest) this.extend(request);
    else if (operation === operations.unbindRequest) this.socket.end();
    else if (operation !== operations.abandonRequest)
      this.socket.write(result(id, operation + 1, codes.unwillingToPerform, "this directory is read-only"));
  }

  bind({ id, body }: Request): void {
    const refuse = (code: number, text: string) =>
      this.socket.write(result(id, operations.bindResponse, code, text));
    const parts = new Elements(body);
    parts.next();
    const dn = parts.text();
    const { tag, body: password } = parts.next();
    this.boundAs = null;
    if (tag !== 0x80) return void refuse(codes.authMethodNotSupported, "simple bind only");
    const isSecure = this.socket instanceof TLSSocket;
    if (this.options.demandsTls && !isSecure) return void refuse(8, "strong authentication required");
    if (password.length === 0 && dn !== "")
      return void refuse(codes.unwillingToPerform, "a password is missing");
    const known = dn === "" ? undefined : this.options.tree.find(dn);
    const fits =
      known && valuesOf(known, "userPassword").some((value) => String(value) === password.toString("utf8"));
    if (dn !== "" && !fits) return void refuse(codes.invalidCredentials, "");
    this.boundAs = dn === "" ? null : dn;
    refuse(codes.success, "");
  }

  search(request: Request): void {
    const { tree, mostInPage = 1000, mostInAll = unlimited, mostValues = unlimited } = this.options;
    const asked = readSearch(request, tree);
    const isRoot = asked.baseDn === "" && asked.scope === "base";
    if (!isRoot && this.boundAs === null) {
      const text = "who does not sign in sees nothing here";
      this.socket.write(result(asked.id, operations.searchDone, codes.operationsError, text));
      return;
    }
    this.socket.cork();
    for (const message of answerSearch(asked, tree, { mostInPage, mostInAll, mostValues }))
      this.socket.write(message);
    this.socket.uncork();
  }

  extend({ id, body }: Request): void {
    const oid = new Elements(body).text();
    if (oid === whoAmI)
      this.socket.write(extendedResult(id, codes.success, oid, this.boundAs ? `dn:${this.boundAs}` : ""));
    else if (oid === startTls && this.options.tls && !(this.socket instanceof TLSSocket))
      this.secure(id, oid);
    else this.socket.write(extendedResult(id, codes.protocolError, oid));
  }

  secure(id: number, oid: string): void {
    this.socket.removeAllListeners("data");
    this.socket.write(extendedResult(id, codes.success, oid), () =>
      serve(new TLSSocket(this.socket, { ...this.options.tls, isServer: true }), this.options),
    );
  }
}
