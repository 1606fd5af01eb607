import type { Socket } from "node:net";
import {
  Client,
  type Control,
  type Filter,
  FilterParser,
  PagedResultsControl,
  SearchRequest,
  type SearchResponse,
} from "ldapts";
import type { Network } from "#lib/network/checked-addresses.ts";
import type { DirectoryEntry } from "./entry.ts";
import { DirectoryFailure, reasonOf, type Step } from "./failure.ts";
import { isRepeated } from "./is-repeated.ts";
import { openSocket, type ServerAddress } from "./open-socket.ts";
import { readFound } from "./read-entry.ts";
import { type Take, UnpagedAnswer, type Watch, watchFrames } from "./whole-frames.ts";

export type Scope = "base" | "one" | "sub";

export type Search = {
  baseDn: string;
  scope?: Scope;
  filter?: string | Filter;
  attributes: string[];
  /** Sent with each page. */
  controls?: Control[];
  /** Entries a page; the connection's own where it is not said. */
  pageSize?: number;
};

export type Page = { entries: DirectoryEntry[]; controls: Control[]; referrals: number };

/** `mostEntries`: in one answer; a server that sends more of them does not page. */
type Limits = {
  operationMs: number;
  pageSize: number;
  mostEmptyPages: number;
  mostBytes: number;
  mostEntries: number;
};

const usual: Limits = {
  operationMs: 60_000,
  pageSize: 1_000,
  mostEmptyPages: 50,
  mostBytes: 16 * 1024 ** 2,
  mostEntries: 200_000,
};

/** What has been found so far for the searches under way, by the id of their request. */
type Under = Map<number, { entries: DirectoryEntry[]; referrals: number }>;

/** What ldapts 9.2.0 keeps to itself and a strict page loop needs; tests/lib/directory tells when it changes. */
type Internals = {
  socket?: Socket;
  _nextMessageId(): number;
  _send(request: SearchRequest): Promise<SearchResponse | undefined>;
};

/**
 * One line to a directory, bound once. It never reconnects: what ldapts would reconnect to is not signed in, and answers
 * with nothing as if everybody were gone.
 */
export class DirectoryConnection {
  readonly #client: Client;
  readonly #socket: Socket;
  readonly #watch: Watch;
  readonly #limits: Limits;
  readonly #under: Under;

  private constructor(client: Client, socket: Socket, watch: Watch, limits: Limits, under: Under) {
    this.#under = under;
    this.#client = client;
    this.#socket = socket;
    this.#watch = watch;
    this.#limits = limits;
  }

  /** Connects, encrypts and binds; the line is cut where the signal says so. Throws DirectoryFailure, whose step tells how far it came. */
  static async open(
    network: Network,
    server: ServerAddress,
    { bindDn, password }: { bindDn: string; password: string },
    { signal, ...limits }: Partial<Limits> & { signal?: AbortSignal | undefined } = {},
  ): Promise<DirectoryConnection> {
    const merged = { ...usual, ...limits };
    const socket = await openSocket(network, server, signal);
    const under: Under = new Map();
    const watch = watchFrames(socket, merged.mostBytes, takeFound(under, merged.mostEntries));
    const client = new Client({
      url: "ldap://directory",
      timeout: merged.operationMs,
      createConnection: onlyOnce(socket),
    });
    const connection = new DirectoryConnection(client, socket, watch, merged, under);
    // A name without a password is not refused by every server: it is taken as nobody, who may see nothing.
    if (bindDn === "" || password === "")
      throw connection.#ended(new DirectoryFailure("bind", "wrong_credentials"));
    await connection.#told("bind", () => client.bind(bindDn, password));
    return connection;
  }

  /**
   * All that a search finds, page by page, each asked for while the one before is worked on. It comes to its end only when
   * the server said "done" without a cookie, on the line that was bound; all else throws DirectoryFailure.
   */
  async *pages(search: Search, signal?: AbortSignal): AsyncGenerator<Page> {
    const pageSize = search.pageSize ?? this.#limits.pageSize;
    let next: Promise<Page> | null = this.#ask(search, pageSize);
    let empty = 0;
    const seen = new Set<string>();
    try {
      while (next) {
        signal?.throwIfAborted();
        const answer: Page = await next;
        const cookie = cookieOf(answer);
        next = cookie ? this.#ask(search, pageSize, cookie) : null;
        next?.catch(() => {});
        empty = answer.entries.length === 0 ? empty + 1 : 0;
        if (empty > this.#limits.mostEmptyPages) throw new DirectoryFailure("search", "too_many_empty_pages");
        if (isRepeated(answer.entries, seen)) throw new DirectoryFailure("search", "repeated_pages");
        yield answer;
      }
    } finally {
      // Whoever leaves early leaves a search open on the server, and perhaps an answer under way.
      if (next) this.close();
    }
  }

  /** At most one page: of a search that a person waits for, or of one entry. `more`: there were more. */
  async some(search: Search, most: number): Promise<{ entries: DirectoryEntry[]; more: boolean }> {
    const answer = await this.#ask(search, most + 1);
    const { entries } = answer;
    return { entries: entries.slice(0, most), more: entries.length > most || cookieOf(answer) !== null };
  }

  /** The entry of this name, or null where there is none. */
  async entry(dn: string, attributes: string[], controls: Control[] = []): Promise<DirectoryEntry | null> {
    try {
      const answer = await this.#ask({ baseDn: dn, scope: "base", attributes, controls });
      return answer.entries[0] ?? null;
    } catch (error) {
      if (error instanceof DirectoryFailure && error.reason === "no_such_base") return null;
      throw error;
    }
  }

  close(): void {
    this.#socket.destroy();
  }

  async #ask(search: Search, pageSize = 0, cookie?: Buffer): Promise<Page> {
    const { baseDn, scope = "sub", attributes, controls = [] } = search;
    const paged =
      pageSize > 0 ? [new PagedResultsControl({ critical: true, value: { size: pageSize, cookie } })] : [];
    const filter = filterOf(search.filter ?? "(objectClass=*)");
    const found = { entries: [], referrals: 0 };
    const answer = await this.#told("search", async () => {
      const internals = this.#client as unknown as Internals;
      if (!this.#client.isBound || internals.socket !== this.#socket)
        throw this.#ended(new DirectoryFailure("search", "line_dropped"));
      // A size limit of ours would turn the server's "there is more" into success.
      const messageId = internals._nextMessageId();
      this.#under.set(messageId, found);
      const request = new SearchRequest({
        messageId,
        baseDN: baseDn,
        scope,
        filter,
        attributes,
        sizeLimit: 0,
        controls: [...controls, ...paged],
      });
      return internals._send(request).finally(() => this.#under.delete(messageId));
    });
    if (!answer) throw new DirectoryFailure("search", "line_dropped");
    if (answer.status !== 0)
      throw new DirectoryFailure("search", reasonOf(answer.status), {
        code: answer.status,
        message: answer.errorMessage,
      });
    return { ...found, controls: answer.controls ?? [] };
  }

  async #told<T>(step: Step, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.#ended(this.#failure(step, error));
    }
  }

  #failure(step: Step, error: unknown): DirectoryFailure {
    if (error instanceof DirectoryFailure) return error;
    if (this.#watch.fault) return new DirectoryFailure(step, this.#watch.fault, { cause: error });
    const { code, message } = error as { code?: unknown; message?: string };
    if (typeof code === "number")
      return new DirectoryFailure(step, reasonOf(code), { code, message, cause: error });
    const reason = /timed out/.test(message ?? "") ? "timed_out" : "line_dropped";
    return new DirectoryFailure(step, reason, { cause: error });
  }

  #ended(failure: DirectoryFailure): DirectoryFailure {
    this.close();
    return failure;
  }
}

function onlyOnce(socket: Socket): () => Socket {
  let given = false;
  return () => {
    if (given) throw new DirectoryFailure("connect", "line_dropped");
    given = true;
    return socket;
  };
}

function filterOf(filter: string | Filter): Filter {
  if (typeof filter !== "string") return filter;
  try {
    return FilterParser.parseString(filter);
  } catch (cause) {
    throw new DirectoryFailure("search", "bad_filter", { message: (cause as Error).message, cause });
  }
}

function cookieOf(answer: Page): Buffer | null {
  const paged = answer.controls.find((control) => control instanceof PagedResultsControl);
  const cookie = paged?.value?.cookie;
  return cookie && cookie.length > 0 ? cookie : null;
}

/** Entries are read here, as they come; of a search that is over, nothing is kept. */
const takeFound =
  (under: Under, most: number): Take =>
  (bytes, start, end) => {
    const found = readFound(bytes, start, end);
    if (!found) return false;
    const search = under.get(found.id);
    if (found.entry) search?.entries.push(found.entry);
    else if (search) search.referrals += 1;
    if ((search?.entries.length ?? 0) > most) throw new UnpagedAnswer();
    return true;
  };
