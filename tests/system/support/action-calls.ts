import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BareAnswer, bareRequest, multipartBody, multipartType } from "./bare-post.ts";

type Manifest = {
  node: Record<string, { filename?: string; exportedName?: string; workers: Record<string, unknown> }>;
};

/** `page` is one that the action stands on, below `/a/{account}`, as its folders are named; null where it stands elsewhere. */
export type BuiltAction = { id: string; page: string | null };

/** Every server action of the build: `path/of/file.ts#name` → the id by which it is called. */
export function builtActions(): Map<string, BuiltAction> {
  const file = join(import.meta.dirname, "..", "..", "..", ".next/server/server-reference-manifest.json");
  const { node } = JSON.parse(readFileSync(file, "utf8")) as Manifest;
  return new Map(
    Object.entries(node).map(([id, { filename, exportedName, workers }]) => [
      `${filename}#${exportedName}`,
      { id, page: pageOf(Object.keys(workers)) },
    ]),
  );
}

function pageOf(workers: string[]): string | null {
  const own = workers.find((worker) => worker.startsWith(console));
  return own === undefined ? null : own.slice(console.length).replace(/\/?page$/, "");
}

const console = "app/(console)/a/[account]/";

type Call = { path: string; fields: Record<string, string>; headers: Record<string, string> };

/**
 * Calls an action as React does, by its id alone and from whatever page: an action of a form takes the form's last state
 * and the form. https://github.com/facebook/react/blob/main/packages/react-client/src/ReactFlightReplyClient.js
 */
export function callAction(url: string, id: string, { path, fields, headers }: Call): Promise<BareAnswer> {
  const form = Object.entries(fields).map(([name, value]): [string, string] => [`_1_${name}`, value]);
  const state = { message: null, errors: {}, values: {} };
  return bareRequest(url, {
    method: "POST",
    path,
    headers: { "content-type": multipartType, "next-action": id, accept: "text/x-component", ...headers },
    // The arguments come last: when they are read, the fields that they point at have to be there.
    body: multipartBody([...form, ["0", JSON.stringify([state, "$K1"])]]),
  });
}
