import { randomBytes } from "node:crypto";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { NotAllowed } from "#lib/authorization/authorize.ts";
import { findBillingPeriod } from "#lib/seats/find-billing-period.ts";
import { listUsage } from "#lib/seats/list-usage.ts";
import { streamUsage } from "#lib/seats/stream-usage.ts";
import { ownerOf } from "#tests/support/account-owner.ts";
import { openRoles } from "#tests/support/as-role.ts";
import { makeAccount, type TestAccount } from "#tests/support/make-account.ts";

const roles = await openRoles();
let acme: TestAccount;

beforeEach(async () => {
  acme = await roles.as("owner", () => makeAccount(randomBytes(32).toString("base64")));
});
afterAll(() => roles.end());

const billed = (from: string, period = "monthly") =>
  roles.sql`update accounts set billing_from = ${from}, billing_period = ${period} where id = ${acme.id}`;
const span = (name: string, from: string, to: string | null = null, of = acme) =>
  roles.sql`insert into managed_spans (account_id, id, user_id, email, name, managed_by, managed_from, managed_to)
    values (${of.id}, uuid_v7(), uuid_v7(), 'x@x.test', ${name}, 'Ada', ${from}, ${to})`;
const usage = (view: Parameters<typeof listUsage>[1] = {}, actor = ownerOf(acme)) =>
  roles.as("app", () => listUsage(actor, view));
const today = new Date().toISOString().slice(0, 10);
const names = async (from?: string) => (await usage({ from })).spans.map(({ name }) => name);

describe("billing periods", () => {
  test("without anybody managed there is the current one alone, and today is in it", async () => {
    await billed("2020-01-31");
    const { periods, spans } = await usage();
    expect(periods).toHaveLength(1);
    expect((periods[0]?.from ?? "") <= today && today < (periods[0]?.to ?? "")).toBe(true);
    expect(spans).toEqual([]);
  });

  test.each(["2024-01-31", "2024-02-29", "2023-12-01", "2025-06-15", today])(
    "from %s they follow each other without a gap, back to the first person",
    async (from) => {
      await billed(from);
      await span("First", "2025-12-25T00:00:00Z");
      const { periods } = await usage();
      periods.slice(1).forEach((period, at) => {
        expect(period.to).toBe(periods[at]?.from);
      });
      const first = periods.at(-1)?.from ?? "";
      expect(periods.length === 13 || first <= "2025-12-25").toBe(true);
      expect((periods[0]?.from ?? "") <= today && today < (periods[0]?.to ?? "")).toBe(true);
    },
  );

  test("a year long", async () => {
    await billed("2020-03-05", "annual");
    await span("Long ago", "2022-01-01T00:00:00Z", "2022-01-02T00:00:00Z");
    const { periods } = await usage();
    expect(periods.at(-1)).toEqual({ from: "2021-03-05", to: "2022-03-05", people: 1 });
    expect(new Set(periods.map(({ from }) => from.slice(5)))).toEqual(new Set(["03-05"]));
  });

  test("hold whoever was managed at any time of them, once, up to midnight UTC", async () => {
    await billed("2026-01-01", "annual");
    await span("Before", "2025-05-01T00:00:00Z", "2026-01-01T00:00:00Z");
    await span("Over the turn", "2025-12-31T23:59:59Z", "2026-01-01T00:00:01Z");
    await span("Still", "2026-02-01T00:00:00Z");
    const [{ user_id: again } = { user_id: "" }] = await roles.sql`select user_id from managed_spans
      where account_id = ${acme.id} and name = 'Over the turn'`;
    await roles.sql`insert into managed_spans (account_id, user_id, name, managed_by, managed_from)
      values (${acme.id}, ${again}, 'Again', 'Ada', '2026-03-01')`;
    const { periods } = await usage();
    expect(periods.find(({ from }) => from === "2026-01-01")?.people).toBe(2);
    expect((await names("2026-01-01")).toSorted()).toEqual(["Again", "Over the turn", "Still"]);
    expect((await names("2025-01-01")).toSorted()).toEqual(["Before", "Over the turn"]);
    expect(await names("1999-01-01")).toEqual(await names());
    expect(await roles.as("app", () => findBillingPeriod(ownerOf(acme), "1999-01-01"))).toBeNull();
  });
});

test("another account's people are not told; nothing is without the privilege", async () => {
  const other = await roles.as("owner", () => makeAccount(randomBytes(32).toString("base64")));
  await span("Foreign", new Date().toISOString(), null, other);
  expect(await names()).toEqual([]);
  const poor = { ...ownerOf(acme), privileges: new Set(["audit"] as const) };
  await expect(usage({}, poor)).rejects.toThrow(NotAllowed);
});

test("pages go forth and back; the download holds all of them, safe for spreadsheets, and is written down", async () => {
  await roles.sql`insert into managed_spans (account_id, user_id, email, name, managed_by)
    select ${acme.id}, uuid_v7(), 'p' || n || '@x.test', '=HYPERLINK("x")' || n, 'Ada' from generate_series(1, 120) n`;
  const first = await usage();
  const second = await usage({ after: first.next ?? "" });
  const back = await usage({ before: second.previous ?? "" });
  expect(back.spans).toEqual(first.spans);
  expect([first.spans.length, second.spans.length]).toEqual([50, 50]);
  const lines = await roles.as("app", async () => {
    const parts: string[] = [];
    for await (const part of streamUsage(ownerOf(acme), first.period)) parts.push(part);
    return parts.join("").trimEnd().split(/\r?\n/);
  });
  expect(lines).toHaveLength(121);
  expect(lines.slice(1).every((line) => line.startsWith(`"'=HYPERLINK`))).toBe(true);
  const events =
    await roles.sql`select details from audit_events where account_id = ${acme.id} and action = 'usage.exported'`;
  expect(events).toEqual([{ details: { from: first.period.from, to: first.period.to } }]);
});
