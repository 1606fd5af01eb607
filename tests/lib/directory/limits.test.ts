import { afterEach, beforeEach, expect, test } from "vitest";
import { readDirectory } from "#lib/directory/sync/read-directory.ts";
import { RunFailure, type WorkedRun } from "#lib/runs/run-kind.ts";
import { loopback } from "#tests/support/ldap/connection-to.ts";
import { onPage, silence } from "#tests/support/ldap/faults.ts";
import { openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
let isSilent: boolean;

beforeEach(async () => {
  isSilent = false;
  const quiet = onPage(1, silence);
  sync = await openSync({ fault: (request, socket) => isSilent && quiet(request, socket) });
});
afterEach(() => sync.close());

/** What is said of reading that goes past one of the limits. */
async function failure(limits: { ms: number; people: number }): Promise<string> {
  const asked = await sync.request();
  if (!asked.ok) throw new Error(asked.reason);
  const run: WorkedRun = {
    ...{ accountId: sync.acme.id, id: asked.runId, kind: "directory_sync", mode: "apply", requestedBy: null },
    ...{ requestedByName: "Ada", uploadId: null, options: {}, assumed: null, undoes: null },
    ...{ target: (await sync.run(asked.runId)).target, settingsVersion: 1, span: "full" },
  };
  return sync.as("worker", async () => {
    try {
      for await (const _batch of readDirectory(loopback, run, new AbortController().signal, limits));
      return "none";
    } catch (error) {
      if (error instanceof RunFailure) return error.sentence;
      throw error;
    }
  });
}

test("a directory that sends more people than there can be is read no further", async () => {
  expect(await failure({ ms: 60_000, people: 39 })).toMatch(
    /^The directory answered with more than 39 people/,
  );
});

test("reading that does not come to an end is broken off", async () => {
  isSilent = true;
  expect(await failure({ ms: 300, people: 40 })).toMatch(/^Reading the directory took too long/);
});
