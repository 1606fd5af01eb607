import { globSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const infrastructure = ["env", "db", "result", "secrets", "network", "csv", "authorization", "jobs"];

/** Public files that reach the database without asking `authorize`, each with the reason why nobody can be asked. */
const unasked: Record<string, string> = {
  "lib/accounts/add-owner.ts": "the operator's tool, which holds the database itself",
  "lib/accounts/create-account.ts": "the operator's tool, which holds the database itself",
  "lib/accounts/list-accounts.ts": "the operator's tool, which holds the database itself",
  "lib/accounts/record-keys-rotated.ts": "the operator's tool, which holds the database itself",
  "lib/accounts/restore-account.ts": "the operator's tool, which holds the database itself",
  "lib/accounts/set-billing.ts": "the operator's tool, which holds the database itself",
  "lib/accounts/set-daily-mails.ts": "the operator's tool, which holds the database itself",
  "lib/accounts/set-seats.ts": "the operator's tool, which holds the database itself",
  "lib/accounts/suspend-account.ts": "the operator's tool, which holds the database itself",
  "lib/accounts/verify-domain-by-operator.ts": "the operator's tool, which holds the database itself",
  "lib/uploads/reseal-uploads.ts": "the operator's tool, which holds the database itself",
  "lib/runs/list-queue.ts": "the operator's tool, which holds the database itself",
  "lib/uploads/open-upload.ts": "for its own uploader, and for a run that was requested with authorize",
  "lib/directory/forget-directory-ids.ts": "the operator's tool, which holds the database itself",
  "lib/directory/reseal-directory-password.ts": "the operator's tool, which holds the database itself",
  "lib/sign-in/reseal-sso-secret.ts": "the operator's tool, which holds the database itself",
  "lib/audit/chain-keys.ts": "the operator's tool, which holds the database itself",
  "lib/accounts/find-account-id.ts": "turns a slug into an id, before anybody is known",
  "lib/audit/verify-chain.ts": "the operator's tool, which holds the database itself",
  "lib/imports/import-kind.ts":
    "handed to the pipeline, which works only runs that were requested with authorize",
  "lib/bulk-invites/bulk-invite-kind.ts":
    "handed to the pipeline, which works only runs that were requested with authorize",
  "lib/bulk-changes/bulk-change-kind.ts":
    "handed to the pipeline, which works only runs that were requested with authorize",
  "lib/directory/default-attributes.ts": "tells our own table; reaches no data",
  "lib/directory/read-inclusion-rule.ts": "reads what it is given; reaches no data",
  "lib/directory/compare-versions.ts": "compares what it is given; reaches no data",
  "lib/directory/next-times-of.ts": "counts from what it is given; reaches no data",
  "lib/directory/directory-sync-kind.ts":
    "handed to the pipeline, which works only runs that were requested with authorize",
  "lib/runs/undo-kind.ts": "handed to the pipeline, which works only runs that were requested with authorize",
  "lib/mail/default-text.ts": "tells our own words; reaches no data",
  "lib/mail/fill-template.ts": "fills a template in memory; reaches no data",
  "lib/mail/find-mail.ts":
    "the local mailbox, shown in local mode only, where everybody at the machine reads everything",
  "lib/mail/list-mailbox.ts":
    "the local mailbox, shown in local mode only, where everybody at the machine reads everything",
  "lib/mail/open-transport.ts": "opens the way to the provider; reaches no data",
  "lib/mail/stop-reminders.ts": "of whoever has the link: the token is the proof",
  "lib/mail/take-provider-event.ts": "of the mail provider: its signature is the proof",
  "lib/invitations/accept-invitation.ts": "before sign-in: the link and its button are the proof",
  "lib/invitations/confirm-address.ts": "before sign-in: the link and its button are the proof",
  "lib/invitations/find-address-proof.ts": "before sign-in: the link is the proof",
  "lib/invitations/find-join-link.ts": "before sign-in: the link is the proof",
  "lib/invitations/record-opening.ts": "before sign-in: the link is the proof",
  "lib/invitations/request-new-invitation.ts":
    "before sign-in: answers alike whoever asks, and only mails the owner of the address",
  "lib/sign-in/complete-sso.ts": "before sign-in: the checked id token is the proof",
  "lib/sign-in/find-actor.ts": "makes the actor that everything else is asked with",
  "lib/sign-in/find-sso-connection.ts":
    "before sign-in: tells what any visitor needs to leave for the provider",
  "lib/sign-in/find-sign-in-token.ts": "before sign-in: the token is the proof",
  "lib/sign-in/limit-attempts.ts": "before sign-in: counts attempts of whoever tries",
  "lib/sign-in/mint-sign-in-link.ts": "the operator's tool, which holds the database itself",
  "lib/sign-in/redeem-sign-in-token.ts": "before sign-in: the token is the proof",
  "lib/sign-in/refuse-sso.ts": "before sign-in: writes down that nobody was signed in",
  "lib/sign-in/sso-for-address.ts": "before sign-in: asks about a domain, never about a person",
  "lib/sign-in/request-sign-in-link.ts":
    "before sign-in: answers alike whoever asks, and only mails the owner of the address",
};

type Source = { path: string; text: string };

function sources(pattern: string): Source[] {
  const paths = globSync(pattern, { cwd: root }).sort();
  return paths.map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

const everything = sources("{app,lib,worker,drizzle,bin,tests}/**/*.{ts,tsx,mjs}");
const publicFiles = sources("lib/*/*.ts").filter(
  ({ path }) => !infrastructure.includes(path.split("/")[1] ?? ""),
);
// Pure functions, types and tables of names reach no data; keyset.ts is one of them although it stands in db.
const reachesData = ({ text }: Source) =>
  /from "(#lib\/db\/(?!keyset\.ts)[^"]+|\.\/[^"]+\/[^"]+)"/.test(text.replaceAll(/^import type .*$/gm, ""));
// What the worker runs acts for an account, as its system actor; app cannot import it (dependency rules).
const operations = publicFiles.filter(
  (source) => reachesData(source) && !basename(source.path).startsWith("run-"),
);

describe("authorization", () => {
  const asking = operations.filter(({ path }) => !(path in unasked));

  test.each(asking)("$path asks authorize before it opens a transaction", ({ text }) => {
    const asked = text.search(/^\s.*\bauthorize\(/m);
    const opened = text.search(/^\s.*\b(withAccount|database)\(/m);
    expect(asked, "no call of authorize(").toBeGreaterThan(-1);
    expect(opened === -1 || asked < opened, "authorize( comes after the transaction").toBe(true);
  });

  test.each(asking)("$path exports what it is named after", ({ path, text }) => {
    const name = basename(path, ".ts").replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    expect(text).toMatch(new RegExp(`export (async )?(function\\*?|const) ${name}\\b`));
  });

  test("the list of exemptions holds nothing that is gone, or that asks after all", () => {
    const reached = new Map(operations.map(({ path, text }) => [path, text]));
    expect(
      Object.keys(unasked).filter((path) => !reached.has(path) || reached.get(path)?.includes("authorize(")),
    ).toEqual([]);
  });
});

describe("seats", () => {
  test("one file alone writes who is managed and when", () => {
    const writes = /\bset managed = |(insert into|update|delete from) managed_spans/;
    const product = everything.filter(({ path }) => !path.startsWith("tests/"));
    expect(product.filter(({ text }) => writes.test(text)).map(({ path }) => path)).toEqual([
      "lib/seats/write-managed.ts",
    ]);
  });
});

describe("layout", () => {
  test("no file is an index or has a name that says nothing", () => {
    const vague = /(^|\/)(index|utils?|helpers?|common|misc|types|constants|service|manager)\.(tsx?|mjs)$/;
    expect(everything.map(({ path }) => path).filter((path) => vague.test(path))).toEqual([]);
  });

  test("no file is longer than 250 lines", () => {
    expect(
      everything.filter(({ text }) => text.trimEnd().split("\n").length > 250).map(({ path }) => path),
    ).toEqual([]);
  });

  test("every folder of lib has its place in the order of imports", () => {
    const { forbidden } = createRequire(import.meta.url)("../.dependency-cruiser.cjs") as {
      forbidden: object[];
    };
    const order = JSON.stringify(forbidden.filter((rule) => JSON.stringify(rule).includes("order-of-lib")));
    const folders = readdirSync(join(root, "lib"));
    expect(folders.filter((folder) => !new RegExp(`[(|^/]${folder}[)|/]`).test(order))).toEqual([]);
  });

  test("no source silences the compiler", () => {
    const silenced = new RegExp(`@ts-(${["ignore", "nocheck", "expect-error"].join("|")})`);
    expect(everything.filter(({ text }) => silenced.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

describe("tests", () => {
  const tests = sources("tests/**/*.{test,spec}.ts");

  test("none sleeps for a fixed time", () => {
    const sleep = new RegExp(`waitForTimeout\\(|setTimeout\\(r(esolve)?,|timers/${"promises"}`);
    expect(tests.filter(({ text }) => sleep.test(text)).map(({ path }) => path)).toEqual([]);
  });

  test("none puts something else in the place of Postgres or of our own code", () => {
    const mocks = new RegExp(`vi\\.${"mock"}\\(|vi\\.${"doMock"}\\(`);
    expect(tests.filter(({ text }) => mocks.test(text)).map(({ path }) => path)).toEqual([]);
  });
});
