import type { Socket } from "node:net";
import type { DirectoryTree } from "#bin/local/ldap/directory-tree.ts";
import type { Fault } from "#bin/local/ldap/ldap-server.ts";
import {
  operations,
  pageAnswer,
  pagedResults,
  type Request,
  readPageWish,
  result,
  searchEntry,
  searchReference,
} from "#bin/local/ldap/messages.ts";
import { sampleSuffix } from "#bin/local/ldap/sample-directory.ts";
import { readSearch, shown } from "#bin/local/ldap/search.ts";

/** A search for a page; the first one brings no cookie. */
export type Turn = { request: Request; socket: Socket; isFirst: boolean };

/** Does `act` in the place of answering the search for the nth page; all else is answered. */
export function onPage(nth: number, act: (turn: Turn) => void): Fault {
  let page = 0;
  return onEveryPage((turn) => {
    page = turn.isFirst ? 1 : page + 1;
    if (page !== nth) return false;
    act(turn);
    return true;
  });
}

/** `act` may answer false: it has left the page to the server. */
export const onEveryPage =
  (act: (turn: Turn) => unknown): Fault =>
  (request, socket) => {
    if (request.operation !== operations.searchRequest || isRoot(request)) return false;
    const paged = request.controls.find(({ oid }) => oid === pagedResults);
    if (!paged) return false;
    const isFirst = readPageWish(paged).cookie === "";
    return act({ request, socket, isFirst }) !== false;
  };

const isRoot = (request: Request): boolean => readSearch(request, emptyTree).baseDn === "";
const emptyTree = { entries: new Map() } as unknown as Parameters<typeof readSearch>[1];

const cookieOf = ({ request }: Turn): string =>
  readPageWish(request.controls.find(({ oid }) => oid === pagedResults) as Request["controls"][number])
    .cookie;

export const emptyPageWithCookie = (turn: Turn): void => {
  turn.socket.write(result(turn.request.id, operations.searchDone, 0, "", pageAnswer(cookieOf(turn) || "0")));
};

export const code =
  (number: number, text = "as scripted") =>
  ({ request, socket }: Turn): void => {
    socket.write(result(request.id, operations.searchDone, number, text));
  };

export const reset = ({ socket }: Turn): void => void socket.resetAndDestroy();
export const halfClose = ({ socket }: Turn): void => void socket.end();
export const silence = (): void => {};
export const garbage = ({ socket }: Turn): void => void socket.write("HTTP/1.1 400 Bad Request\r\n\r\n");

/** Half of an entry, and then nothing more. */
export const cutEntry = ({ request, socket }: Turn): void => {
  const whole = entryOf(request.id, 1);
  socket.write(whole.subarray(0, whole.length - 5), () => socket.resetAndDestroy());
};

/** An attribute of so many bytes. */
export const hugeEntry =
  (bytes: number) =>
  ({ request, socket }: Turn): void => {
    const value = Buffer.alloc(bytes, "x");
    socket.write(searchEntry(request.id, `uid=huge,${sampleSuffix}`, [["description", [value]]]));
    socket.write(result(request.id, operations.searchDone, 0, "", pageAnswer("")));
  };

/** As a server that knows no paging does: some entries, success, and no control. */
export const withoutPaging = ({ request, socket }: Turn): void => {
  for (let nth = 0; nth < 3; nth += 1) socket.write(entryOf(request.id, nth));
  socket.write(result(request.id, operations.searchDone, 0));
};

const entryOf = (id: number, nth: number) =>
  searchEntry(id, `uid=f${nth},${sampleSuffix}`, [
    ["uid", [`f${nth}`]],
    ["mail", [`f${nth}@acme.test`]],
  ]);

/** In the place of entries: where else they may be asked for. */
export const referrals =
  (count: number) =>
  ({ request, socket }: Turn): void => {
    for (let nth = 0; nth < count; nth += 1)
      socket.write(searchReference(request.id, `ldap://other.acme.test/uid=r${nth},${sampleSuffix}`));
    socket.write(result(request.id, operations.searchDone, 0, "", pageAnswer("")));
  };

/** One answer that goes on until whoever asked hangs up. */
export const endlessEntries = ({ request, socket }: Turn): void => {
  const some = Buffer.concat(Array.from({ length: 1_000 }, (_, nth) => entryOf(request.id, nth)));
  const write = () => {
    while (!socket.destroyed && socket.write(some));
  };
  socket.on("drain", write);
  write();
};

/** Every sign-in is answered with this code. */
export const refuseBind =
  (number: number, text = "as scripted"): Fault =>
  ({ id, operation }, socket) => {
    if (operation !== operations.bindRequest) return false;
    socket.write(result(id, operations.bindResponse, number, text));
    return true;
  };

/** The first so many entries that a search is for, again and again, each time with the promise of more. */
export const firstPageAgain = (tree: DirectoryTree, size: number): Fault =>
  onEveryPage(({ request, socket }) => {
    const { id, matches, attributes } = readSearch(request, tree);
    const page = [...tree.entries.values()].filter(matches).slice(0, size);
    // Units are few, and come as they are.
    if (page.length < size) return false;
    for (const entry of page)
      socket.write(searchEntry(id, entry.dn, shown(entry, attributes, Number.POSITIVE_INFINITY)));
    socket.write(result(id, operations.searchDone, 0, "", pageAnswer("0")));
  });
