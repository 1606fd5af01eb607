import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NotAllowed } from "#lib/authorization/authorize.ts";
import { findRun } from "#lib/runs/find-run.ts";
import { listEntries } from "#lib/runs/list-entries.ts";
import { listRuns } from "#lib/runs/list-runs.ts";
import { streamFailedRows } from "#lib/runs/stream-failed-rows.ts";
import { streamReport } from "#lib/runs/stream-report.ts";
import { ownerOf } from "#tests/support/account-owner.ts";
import { makeAccount } from "#tests/support/make-account.ts";
import { type Line, openRoster, type Roster } from "./roster-run.ts";

type View = Omit<Parameters<typeof listEntries>[1], "runId">;

let roster: Roster;
let runId: string;

/** 230 lines: 1 in 10 fails, the address of which is 'bad…'; the rest are new. */
function lines(): Line[] {
  return Array.from({ length: 230 }, (_, n) =>
    n % 10 === 3
      ? {
          email: `bad${n}`,
          problem: `Line ${n + 2}: =not an address, "quoted".`,
          raw: JSON.stringify([`bad${n}`, "@SUM(1)", "x,y"]),
        }
      : { email: roster.address(`r${n}`), asked: "new" },
  );
}

beforeAll(async () => {
  roster = await openRoster();
  runId = await roster.import(lines());
  await assume(runId, ["Email ID", "First Name", ""]);
});

afterAll(() => roster.end());

/** What reading the header of a file took each column for; "" is none of ours. */
const assume = (id: string, fields: string[]) => {
  const columns = fields.map((field, at) => ({ header: field || `Extra ${at}`, field }));
  return roster.sql`update runs set assumed = ${roster.sql.json({ columns, ignored: [], absent: [] })} where id = ${id}`;
};

const page = (view: View, actor = roster.actor) =>
  roster.as("app", () => listEntries(actor, { runId, ...view }));
const text = (stream: AsyncGenerator<string>) =>
  roster.as("app", async () => {
    let whole = "";
    for await (const part of stream) whole += part;
    return whole;
  });

const from1 = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

describe("a page of the report", () => {
  test("forward from the first page to the last, every line once and in the order of the file", async () => {
    const seen: number[] = [];
    let after: number | undefined;
    for (let turn = 0; turn < 10; turn += 1) {
      const { entries, next, previous, matching } = await page({ after });
      expect(matching).toEqual({ count: 230, capped: false });
      expect(previous).toBe(turn === 0 ? null : (entries[0]?.position ?? 0));
      seen.push(...entries.map((entry) => entry.position));
      if (next === null) break;
      after = next;
    }
    expect(seen).toEqual(from1(1, 230));
  });

  test("backwards from the last page to the first", async () => {
    const seen: number[] = [];
    let listed = await page({ last: true });
    expect(listed.next).toBeNull();
    for (let turn = 0; turn < 10; turn += 1) {
      seen.unshift(...listed.entries.map((entry) => entry.position));
      if (listed.previous === null) break;
      listed = await page({ before: listed.previous });
      expect(listed.next).not.toBeNull();
    }
    expect(seen).toEqual(from1(1, 230));
  });

  test("says of every line what the file had, what came of it and where its mail is", async () => {
    const { entries } = await page({});
    expect(entries[0]).toEqual({
      position: 1,
      line: 2,
      email: roster.address("r0"),
      askedFor: "new",
      outcome: "new",
      reason: null,
      mail: "queued",
      mendedIn: null,
    });
    expect(entries[3]).toMatchObject({
      line: 5,
      outcome: "failed",
      reason: expect.stringContaining("Line 5"),
      mail: null,
    });
  });

  test("of one outcome, and of a part of an address in any letter case", async () => {
    const failed = await page({ outcome: "failed" });
    expect(failed.matching.count).toBe(23);
    expect(failed.entries.every((entry) => entry.outcome === "failed")).toBe(true);
    const made = await page({ outcome: "new", last: true });
    expect([made.matching.count, made.entries.at(-1)?.position]).toEqual([207, 230]);
    expect((await page({ search: " R22 " })).entries.map((entry) => entry.line)).toEqual([
      24, 222, 223, 224, 226, 227, 228, 229, 230, 231,
    ]);
    expect((await page({ search: "ad1", outcome: "failed" })).matching.count).toBe(11);
  });

  test.each(["%", "_", "\\", "' or 1=1 --", "\u0000", "\ud800", "🙂".repeat(5000)])(
    "a search for %j finds nobody and harms nothing",
    async (search) => {
      expect((await page({ search })).entries).toEqual([]);
    },
  );
});

describe("the report as CSV", () => {
  test("has a record a line, behind a byte order mark, and no cell that a spreadsheet would run", async () => {
    const csv = await text(streamReport(roster.actor, runId));
    const records = csv.split("\r\n");
    expect(records[0]).toBe("\ufeffLine,Email ID,Asked for,Outcome,Reason,Mail");
    expect(records).toHaveLength(232);
    expect(records[1]).toBe(`2,${roster.address("r0")},New,New,,queued`);
    expect(records[4]).toBe(`5,bad3,,Failed,"Line 5: =not an address, ""quoted"".",`);
  });

  test("guards each dangerous beginning with an apostrophe", async () => {
    const cells = ["=1", "+1", "-1", "@a", "\ta", "\ra", "＝1", "＋1", "－1", "＠a", " =1", "a=1", "'=1"];
    const id = await roster.import(cells.map((email) => ({ email, problem: "Line: no." })));
    const csv = await text(streamReport(roster.actor, id));
    const guarded = csv
      .slice(csv.indexOf("\r\n") + 2)
      .split("\r\n")
      .slice(0, -1)
      .map((record) => record.split(",")[1]);
    expect(guarded).toEqual([
      "'=1",
      "'+1",
      "'-1",
      "'@a",
      "'\ta",
      `"'\ra"`,
      "'＝1",
      "'＋1",
      "'－1",
      "'＠a",
      " =1",
      "a=1",
      "'=1",
    ]);
  });
});

test("the failed rows come back with the reason first, then their own columns", async () => {
  const csv = await text(streamFailedRows(roster.actor, runId));
  const records = csv.split("\r\n");
  expect(records[0]).toBe("\ufeffRollcall Reason,Email ID,First Name,Extra 2");
  expect(records).toHaveLength(25);
  expect(records[1]).toBe(`"Line 5: =not an address, ""quoted"".",bad3,'@SUM(1),"x,y"`);
});

describe("another account", () => {
  test("sees neither the run nor its lines", async () => {
    const other = ownerOf(await roster.as("owner", () => makeAccount(Buffer.alloc(32).toString("base64"))));
    expect(await roster.as("app", () => findRun(other, runId))).toBeNull();
    expect((await page({}, other)).entries).toEqual([]);
    expect((await text(streamReport(other, runId))).split("\r\n")).toHaveLength(2);
    expect(await text(streamFailedRows(other, runId))).toBe("");
    expect((await roster.as("app", () => listRuns(other, { kind: "import" }))).runs).toEqual([]);
  });

  test("an admin without the privilege sees nothing either", async () => {
    const poor = { ...roster.actor, privileges: new Set(["audit"] as const) };
    await expect(page({}, poor)).rejects.toBeInstanceOf(NotAllowed);
    await expect(text(streamReport(poor, runId))).rejects.toBeInstanceOf(NotAllowed);
    await expect(text(streamFailedRows(poor, runId))).rejects.toBeInstanceOf(NotAllowed);
    await expect(roster.as("app", () => findRun(poor, runId))).rejects.toBeInstanceOf(NotAllowed);
  });

  test("an admin who may look at runs of another kind only sees nothing of an import", async () => {
    const other = { ...roster.actor, privileges: new Set(["users.view"] as const) };
    expect((await page({}, other)).entries).toEqual([]);
    expect((await text(streamReport(other, runId))).trim().split("\n")).toHaveLength(1);
    expect(await text(streamFailedRows(other, runId))).toBe("");
    expect(await roster.as("app", () => findRun(other, runId))).toBeNull();
  });
});

test.each(["", "x", "0190a000-0000-7000-8000-00000000000", "../etc", "0190a000-0000-7000-8000-000000000001"])(
  "there is no run %j",
  async (id) => {
    expect(await roster.as("app", () => findRun(roster.actor, id))).toBeNull();
  },
);

test("the history goes back page by page, newest first", async () => {
  for (let n = 0; n < 30; n += 1) await roster.request();
  const first = await roster.as("app", () => listRuns(roster.actor, { kind: "import" }));
  expect(first.runs).toHaveLength(25);
  expect(first.previous).toBeNull();
  const second = await roster.as("app", () =>
    listRuns(roster.actor, { kind: "import", after: first.next ?? "" }),
  );
  const ids = [...first.runs, ...second.runs].map((run) => run.id);
  expect(ids).toEqual([...new Set(ids)].toSorted().toReversed());
  const back = await roster.as("app", () =>
    listRuns(roster.actor, { kind: "import", before: second.previous ?? "" }),
  );
  expect(back.runs.map((run) => run.id)).toEqual(first.runs.map((run) => run.id));
});
