import { MalformedDn } from "../../../lib/directory/dn-key.ts";
import { Elements } from "./ber.ts";
import {
  type DirectoryTree,
  type Entry,
  type Placed,
  type Scope,
  type Values,
  valuesOf,
} from "./directory-tree.ts";
import { idsOf, type Matches, read } from "./filter.ts";
import {
  type Control,
  codes,
  operations,
  pageAnswer,
  pagedResults,
  type Request,
  readPageWish,
  result,
  searchEntry,
} from "./messages.ts";

/**
 * `mostInPage`: entries; `mostInAll`: entries of an answer, paged or not, after which the server refuses to tell more;
 * `mostValues`: of one attribute, the rest by ranges as Active Directory gives them.
 */
export type Limits = { mostInPage: number; mostInAll: number; mostValues: number };

export type Asked = {
  id: number;
  baseDn: string;
  scope: Scope;
  sizeLimit: number;
  matches: Matches;
  /** Nobody else can match; null: anybody may. */
  ids: string[] | null;
  attributes: string[];
  controls: Control[];
};

const scopes: Scope[] = ["base", "one", "sub"];

export function readSearch({ id, body, controls }: Request, tree: DirectoryTree): Asked {
  const parts = new Elements(body);
  const baseDn = parts.text();
  const scope = scopes[parts.integer()] ?? "sub";
  parts.next();
  const sizeLimit = parts.integer();
  parts.next();
  parts.next();
  const filter = parts.next();
  const matches = read(filter, tree);
  const wanted = new Elements(parts.next().body);
  const attributes: string[] = [];
  while (!wanted.isOver) attributes.push(wanted.text().toLowerCase());
  return { id, baseDn, scope, sizeLimit, matches, ids: idsOf(filter), attributes, controls };
}

/** The answer, message by message, the last one a result. */
export function* answerSearch(asked: Asked, tree: DirectoryTree, limits: Limits): Iterable<Buffer> {
  const done = (code: number, text = "", controls?: Buffer) =>
    result(asked.id, operations.searchDone, code, text, controls);
  const unknown = asked.controls.find(({ oid, critical }) => critical && oid !== pagedResults);
  if (unknown) return yield done(codes.unavailableCriticalExtension, `no such control: ${unknown.oid}`);
  const paged = asked.controls.find(({ oid }) => oid === pagedResults);
  const page = paged ? readPageWish(paged) : null;
  const found = within(asked, tree, Number(page?.cookie || 0));
  if (typeof found === "number") return yield done(found);
  const most = Math.min(page?.size || Number.POSITIVE_INFINITY, limits.mostInPage);
  let sent = 0;
  for (const [place, entry] of found) {
    if (!asked.matches(entry)) continue;
    if (sent >= limits.mostInAll) return yield done(codes.sizeLimitExceeded);
    const isFull = sent >= most;
    if (isFull && page) return yield done(codes.success, "", pageAnswer(String(place)));
    if (isFull || (asked.sizeLimit > 0 && sent >= asked.sizeLimit))
      return yield done(codes.sizeLimitExceeded);
    yield searchEntry(asked.id, entry.dn, shown(entry, asked.attributes, limits.mostValues));
    sent += 1;
  }
  yield done(codes.success, "", page ? pageAnswer("") : undefined);
}

function within({ baseDn, scope, ids }: Asked, tree: DirectoryTree, from: number): Iterable<Placed> | number {
  try {
    return tree.within(baseDn, scope, { from, ids }) ?? codes.noSuchObject;
  } catch (error) {
    if (error instanceof MalformedDn) return codes.invalidDnSyntax;
    throw error;
  }
}

const secret = new Set(["userpassword"]);

export function* shown(
  entry: Entry,
  attributes: string[],
  mostValues: number,
): Iterable<readonly [string, Values]> {
  const all = attributes.length === 0 || attributes.includes("*");
  for (const [key, { name, values }] of entry.attributes) {
    if (secret.has(key)) continue;
    const ranged = attributes.find((wish) => wish.startsWith(`${key};range=`));
    if (ranged) yield range(entry, name, ranged, mostValues);
    else if (!all && !attributes.includes(key)) continue;
    else if (values.length <= mostValues) yield [name, values];
    else {
      yield [name, []];
      yield range(entry, name, `${key};range=0-*`, mostValues);
    }
  }
}

function range(entry: Entry, name: string, wish: string, most: number): readonly [string, Values] {
  const [, first = "0", last = "*"] = /range=(\d+)-(\d+|\*)/.exec(wish) ?? [];
  const values = valuesOf(entry, name);
  const from = Number(first);
  const to = Math.min(
    last === "*" ? Number.POSITIVE_INFINITY : Number(last),
    from + most - 1,
    values.length - 1,
  );
  return [`${name};range=${from}-${to >= values.length - 1 ? "*" : to}`, values.slice(from, to + 1)];
}
