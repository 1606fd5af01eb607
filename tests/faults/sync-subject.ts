import { sampleDirectory } from "#bin/local/ldap/sample-directory.ts";
import { requestSync } from "#lib/directory/request-sync.ts";
import { saveConnection } from "#lib/directory/save-connection.ts";
import { connectionTo, loopback } from "#tests/lib/directory/sync-run.ts";
import { readerPassword, startDirectory } from "#tests/support/ldap/start-directory.ts";
import type { Setting, Subject } from "./subject.ts";

type Tree = ReturnType<typeof sampleDirectory>;

/** Small pages, so that there is something to be in the middle of. */
const mostInPage = 100;

const isPerson = (dn: string) => dn.startsWith("uid=p");

/** 150 people with another title, 30 that are disabled, 20 that are gone: all of it within the bound. */
function change(tree: Tree): void {
  const people = [...tree.entries.values()].filter(({ dn }) => isPerson(dn)).slice(0, 200);
  const stamp = { name: "modifyTimestamp", values: ["20260601000000Z"] };
  for (const [nth, { dn, attributes }] of people.entries()) {
    attributes.set("modifytimestamp", stamp);
    if (nth % 10 === 9) tree.remove(dn);
    else if (nth % 20 < 3) attributes.set("nsaccountlock", { name: "nsAccountLock", values: ["TRUE"] });
    else attributes.set("title", { name: "title", values: [`Changed ${nth}`] });
  }
}

async function connected({ roles, actor, rows }: Setting) {
  const tree = sampleDirectory({ people: rows, password: readerPassword });
  const directory = await startDirectory({ tree, mostInPage });
  const connection = connectionTo(directory.port);
  const wish = { connector: "cloud" as const, connection, password: readerPassword, seen: 0 };
  const saved = await roles.as("app", () => saveConnection(actor, loopback, wish));
  if (!saved.ok || !saved.tried.ok) throw new Error(`not connected: ${JSON.stringify(saved)}`);
  const request = async () => {
    const asked = await roles.as("app", () => requestSync(actor, { mode: "apply", holdHours: 0 }));
    if (!asked.ok) throw new Error(asked.reason);
    return asked.runId;
  };
  return { tree, request, close: () => directory.stop() };
}

/** Whom the run should have dealt with, and whom it has: by the ids that the directory gives. */
const count: Subject["count"] = async ({ sql, accountId, rows }) => {
  const [found] = await sql<Record<"people" | "twice" | "members_twice", number>[]>`
    select count(distinct external_id)::int as people, count(*)::int - count(distinct external_id)::int as twice
    from users where account_id = ${accountId} and external_id is not null`;
  return { lost: rows - (found?.people ?? 0) - disabledOf(rows), duplicated: found?.twice ?? 0 };
};

/** Of the sample people those who are disabled from the beginning are not brought in. */
const disabledOf = (rows: number): number =>
  [...sampleDirectory({ people: rows, password: readerPassword }).entries.values()].filter(
    ({ dn, attributes }) => isPerson(dn) && attributes.get("nsaccountlock"),
  ).length;

/** The first sync of an account: everybody is new. */
export const firstSync: Subject = { name: "first sync", prepare: connected, count };

/** A complete sync in which 200 people are not as they were. */
export const changedSync: Subject = {
  name: "sync of 200 changes",
  prepare: async (setting, runOnce) => {
    const { tree, request, close } = await connected(setting);
    await runOnce(await request());
    change(tree);
    return { request, close };
  },
  count,
};
