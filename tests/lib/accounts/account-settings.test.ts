import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changeAccountSettings } from "#lib/accounts/change-account-settings.ts";
import { findAccountSettings } from "#lib/accounts/find-account-settings.ts";
import { ownerOf } from "#tests/support/account-owner.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";
import { makeAccount } from "#tests/support/make-account.ts";

let roles: Roles;

beforeAll(async () => {
  roles = await openRoles();
});

afterAll(() => roles.end());

const app = <T>(work: () => Promise<T>) => roles.as("app", work);
const owner = async () =>
  ownerOf(await roles.as("owner", () => makeAccount(randomBytes(32).toString("base64"))));
const usual = {
  name: "Acme Works",
  invitationDays: 14,
  clearWord: "-",
  removalPercent: null,
  longRunSeconds: 60,
};

describe("bad input changes nothing", () => {
  test.each([
    [{ name: " " }, "name"],
    [{ name: "x".repeat(101) }, "name"],
    [{ name: "a\u202eb" }, "name"],
    [{ invitationDays: 0 }, "invitationDays"],
    [{ invitationDays: 91 }, "invitationDays"],
    [{ invitationDays: 1.5 }, "invitationDays"],
    [{ clearWord: "" }, "clearWord"],
    [{ clearWord: "=SUM(A1)" }, "clearWord"],
    [{ removalPercent: -1 }, "removalPercent"],
    [{ removalPercent: 6 }, "removalPercent"],
    [{ removalPercent: Number.NaN }, "removalPercent"],
    [{ longRunSeconds: 0 }, "longRunSeconds"],
    [{ longRunSeconds: 86_401 }, "longRunSeconds"],
  ])("%j", async (fault, field) => {
    const actor = await owner();
    const wish = { ...usual, ...fault };
    const asked = await app(() => changeAccountSettings(actor, wish, 5));
    expect(asked).toEqual({ ok: false, reason: "bad_field", field });
    expect(await app(() => findAccountSettings(actor))).toEqual(usual);
  });
});

test("what changed is written, with what was before, and of nothing there is no event", async () => {
  const actor = await owner();
  const events = () => roles.sql`
    select details from audit_events where account_id = ${actor.accountId} and action = 'account.changed'`;
  expect(await app(() => changeAccountSettings(actor, usual, 5))).toEqual({ ok: true, changed: 0 });
  expect(await events()).toHaveLength(0);
  const wish = { ...usual, name: " Acme & Söhne ", removalPercent: 0, clearWord: "leer" };
  expect(await app(() => changeAccountSettings(actor, wish, 5))).toEqual({ ok: true, changed: 3 });
  expect(await app(() => findAccountSettings(actor))).toEqual({ ...wish, name: "Acme & Söhne" });
  expect((await events())[0]?.details.changes).toEqual([
    { field: "name", before: "Acme Works", after: "Acme & Söhne" },
    { field: "clearWord", before: "-", after: "leer" },
    { field: "removalPercent", before: null, after: "0" },
  ]);
});
