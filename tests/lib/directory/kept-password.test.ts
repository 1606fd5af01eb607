import { afterAll, beforeAll, expect, test } from "vitest";
import { findDirectory } from "#lib/directory/find-directory.ts";
import { importSettings } from "#lib/directory/import-settings.ts";
import { saveConnection } from "#lib/directory/save-connection.ts";
import type { ConnectionSettings } from "#lib/directory/settings.ts";
import { testConnection } from "#lib/directory/test-connection.ts";
import { approveRemovals } from "#lib/runs/approve-removals.ts";
import { connectionTo, loopback } from "#tests/support/ldap/connection-to.ts";
import { type RunningDirectory, startDirectory } from "#tests/support/ldap/start-directory.ts";
import { openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
let rogue: RunningDirectory;
let heard = 0;

beforeAll(async () => {
  sync = await openSync();
  // Counts binds: whoever gets one has the password.
  rogue = await startDirectory({
    people: 1,
    fault: ({ operation }) => {
      if (operation === 0x60) heard += 1;
      return false;
    },
  });
});
afterAll(async () => {
  await rogue.stop();
  await sync.close();
});

const wish = async (more: Partial<ConnectionSettings>) => ({
  connector: "cloud" as const,
  connection: { ...connectionTo(sync.directory.port), ...more },
  password: null,
  seen: (await sync.as("app", () => findDirectory(sync.actor))).version,
});

test.each<[string, () => Partial<ConnectionSettings>]>([
  ["another port", () => ({ port: rogue.port })],
  ["another host", () => ({ host: "localhost", port: rogue.port })],
  ["another way", () => ({ security: "starttls", port: rogue.port })],
  ["another name", () => ({ bindDn: "cn=somebody,dc=acme,dc=test" })],
  ["another authority", () => ({ ca: "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----" })],
])("with %s the password must be typed again, whether tested or saved", async (_name, more) => {
  for (const operate of [testConnection, saveConnection]) {
    const asked = await sync.as("app", async () => operate(sync.actor, loopback, await wish(more())));
    expect(asked).toEqual({ ok: false, reason: "password_needed" });
  }
  expect(heard).toBe(0);
});

test("settings that are imported with another server do not take it along", async () => {
  const { settings, version } = await sync.as("app", () => findDirectory(sync.actor));
  const text = JSON.stringify({ ...settings, connection: { ...settings.connection, port: rogue.port } });
  const imported = await sync.as("app", () => importSettings(sync.actor, { text, seen: version }));
  expect(imported).toMatchObject({ ok: true, passwordKept: false });
  expect(await sync.sql`select sealed_password, tested_as from directories`).toEqual([
    { sealed_password: null, tested_as: null },
  ]);
  expect(await sync.request()).toEqual({ ok: false, reason: "not_connected" });
  expect(heard).toBe(0);
});

test.each([["nonsense"], ["{}"], ['{"connector":"cloud"}'], [`"${"x".repeat(1_000_000)}"`], ["null"]])(
  "no settings: %#",
  async (text) => {
    const { version } = await sync.as("app", () => findDirectory(sync.actor));
    const imported = await sync.as("app", () => importSettings(sync.actor, { text, seen: version }));
    expect(imported).toEqual({ ok: false, reason: "not_settings" });
  },
);

test.each(["base", "unit", "list"])(
  "a %s that is imported under a name that is none is refused",
  async (where) => {
    const { settings, version } = await sync.as("app", () => findDirectory(sync.actor));
    const chosen = [{ id: "some", dn: "nonsense", name: "Some" }];
    const odd = {
      base: { connection: { ...connectionTo(sync.directory.port), baseDn: "nonsense" } },
      unit: { units: { take: "specific", chosen } },
      list: { lists: { take: true, chosen } },
    }[where];
    const text = JSON.stringify({ ...settings, ...odd });
    const imported = await sync.as("app", () => importSettings(sync.actor, { text, seen: version }));
    expect(imported).toEqual({ ok: false, reason: "not_settings" });
  },
);

test("a run of before another connection does not take the new password to the old server", async () => {
  const old = await openSync();
  try {
    const before = await startDirectory({
      people: 40,
      fault: ({ operation }) => {
        if (operation === 0x60) heard += 1;
        return false;
      },
    });
    await old.connect({ port: before.port });
    await old.sync();
    const people = [...before.tree.entries.values()].filter(({ dn }) => dn.startsWith("uid=p"));
    for (const { dn } of people.slice(0, 20)) before.tree.remove(dn);
    const run = await old.sync();
    await old.connect();
    heard = 0;
    const { waiting } = await old.run(run);
    await old.as("app", () => approveRemovals(old.actor, { runId: run, typed: waiting }));
    await old.work(run);
    expect([waiting, heard]).toEqual([20, 0]);
    expect(await old.run(run)).toMatchObject({ removals: "discarded", deleted: 0 });
    await before.stop();
  } finally {
    await old.close();
  }
});
