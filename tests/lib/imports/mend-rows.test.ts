import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { NotAllowed } from "#lib/authorization/authorize.ts";
import { acceptRoster } from "#lib/imports/accept-roster.ts";
import { importKind } from "#lib/imports/import-kind.ts";
import { mendRows } from "#lib/imports/mend-rows.ts";
import { requestImport } from "#lib/imports/request-import.ts";
import { findRun } from "#lib/runs/find-run.ts";
import { listEntries } from "#lib/runs/list-entries.ts";
import { listFailedRows } from "#lib/runs/list-failed-rows.ts";
import { ownerOf } from "#tests/support/account-owner.ts";
import { makeAccount } from "#tests/support/make-account.ts";
import { openRoster, type Roster } from "../runs/roster-run.ts";
import { pieces } from "../uploads/byte-streams.ts";

let roster: Roster;
let round = 0;

beforeAll(async () => {
  roster = await openRoster();
  process.env.ROLLCALL_SECRET_KEYS = `k1:${randomBytes(32).toString("base64")}`;
});

afterAll(() => roster.end());

beforeEach(() => {
  round += 1;
});

const address = (name: string) => roster.address(`${name}${round}`);
const work = (runId: string) => roster.slice(runId, importKind);

/** A file as it is uploaded, carried out. */
async function imported(lines: string[], mode: "check" | "apply" = "apply"): Promise<string> {
  const runId = await roster.as("app", async () => {
    const upload = await acceptRoster(roster.actor, {
      fileName: "people.csv",
      bytes: pieces(lines.join("\n")),
    });
    if (!upload.ok) throw new Error(upload.sentence);
    const requested = await requestImport(roster.actor, { uploadId: upload.uploadId, mode });
    if (!requested.ok) throw new Error(requested.reason);
    return requested.runId;
  });
  await work(runId);
  return runId;
}

type Rows = Parameters<typeof mendRows>[1]["rows"];

const failed = (runId: string, view = {}) =>
  roster.as("app", () => listFailedRows(roster.actor, { runId, ...view }));
const mend = (runId: string, rows: Rows, mode: "check" | "apply" = "apply") =>
  roster.as("app", () => mendRows(roster.actor, { runId, mode, rows }));
const row = (position: number, ...cells: string[]) => ({ position, cells: { ...cells }, surplus: "" });

async function mended(...given: Parameters<typeof mend>): Promise<string> {
  const result = await mend(...given);
  if (!result.ok) throw new Error(result.reason);
  await work(result.runId);
  return result.runId;
}

const header = "Email ID,First Name,Shoe Size,Title";

describe("rows that were mended", () => {
  test("are a run of their own that says what it mends; the lines say where they were mended", async () => {
    const first = await imported([
      header,
      `${address("ok")},Ada,38,T`,
      'wrong,Grace,"4\n1",=1',
      "bad,No,1,T",
    ]);
    const listed = await failed(first);
    expect(listed.rows.map(({ line, cells }) => [line, cells])).toEqual([
      [3, ["wrong", "Grace", "4\n1", "=1"]],
      [4, ["bad", "No", "1", "T"]],
    ]);
    const second = await mended(first, [row(2, address("grace"), 'Grace "G"', "ignored", "=1")]);
    const view = await roster.as("app", () => findRun(roster.actor, second));
    expect(view).toMatchObject({ fileName: "people.csv (mended)", mends: first, state: "completed" });
    expect(view?.counts).toMatchObject({ rows: 1, created: 1 });
    expect(await roster.user(address("grace"))).toMatchObject({ first_name: 'Grace "G"', title: "=1" });
    const { entries } = await roster.as("app", () => listEntries(roster.actor, { runId: first }));
    expect(entries.map(({ mendedIn }) => mendedIn)).toEqual([null, second, null]);
    expect((await failed(first)).rows.map(({ line }) => line)).toEqual([4]);
  });

  test("go as their columns were mapped, whatever these are called", async () => {
    const first = await imported([header, "wrong,Grace,41,T"]);
    const columns = [
      { header: "Email ID", field: "" },
      { header: "First Name", field: "Email ID" },
      { header: "Shoe Size", field: "" },
      { header: "Title", field: "Last Name" },
    ];
    await roster.sql`update runs set assumed = assumed || ${roster.sql.json({ columns })} where id = ${first}`;
    await mended(first, [{ position: 1, cells: { 1: address("mapped"), 3: "Hopper" }, surplus: "" }]);
    expect(await roster.user(address("mapped"))).toMatchObject({
      last_name: "Hopper",
      first_name: null,
      title: null,
    });
  });

  test("that fail again can be mended again, in the run of the mended rows", async () => {
    const first = await imported([header, "wrong,Grace,41,T"]);
    const second = await mended(first, [row(1, "still wrong", "Grace", "", "")]);
    expect((await failed(first)).rows).toEqual([]);
    const third = await mended(second, [row(1, address("thrice"), "Grace", "", "")]);
    expect(await roster.run(third)).toMatchObject({ mends: second, created: 1 });
  });

  test("of a short and a long line are as wide as the header", async () => {
    const first = await imported([
      header,
      `${address("short")},Grace`,
      `${address("long")},Ada,1,Chief,of staff`,
    ]);
    const { rows } = await failed(first);
    expect(rows.map(({ cells }) => cells.length)).toEqual([2, 5]);
    const cells = { 0: address("long"), 1: "Ada", 3: "Chief of staff" };
    expect(await mend(first, [{ position: 2, cells, surplus: "of staff" }])).toEqual({
      ok: false,
      reason: "surplus",
      lines: [3],
    });
    await mended(first, [
      row(1, address("short"), "Grace", "", "Clerk"),
      { position: 2, cells, surplus: " " },
    ]);
    expect(await roster.user(address("short"))).toMatchObject({ first_name: "Grace", title: "Clerk" });
    expect(await roster.user(address("long"))).toMatchObject({ title: "Chief of staff" });
  });
});

describe("what is refused, whole", () => {
  test("a line that somebody else has mended meanwhile, also at the same moment", async () => {
    const first = await imported([header, "a,A,1,T", "b,B,1,T", "c,C,1,T"]);
    const rows = [row(1, address("a"), "A", "", ""), row(2, address("b"), "B", "", "")];
    const both = await Promise.all([mend(first, rows), mend(first, rows)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both).toContainEqual({ ok: false, reason: "mended_already", lines: [2, 3] });
    const late = [row(2, address("b"), "B", "", ""), row(3, address("c"), "C", "", "")];
    expect(await mend(first, late)).toEqual({ ok: false, reason: "mended_already", lines: [3] });
    const [left] = await roster.sql`select count(*)::int as uploads,
      (select count(*)::int from runs where mends = ${first}) as runs from uploads where file_name = 'people.csv (mended)'
      and not exists (select from runs where upload_id = uploads.id)`;
    expect(left).toEqual({ uploads: 0, runs: 1 });
  });

  test("a blank row, no row, lines that did not fail, another account's lines, an admin who may not import", async () => {
    const first = await imported([header, `${address("fine")},A,1,T`, "b,B,1,T"]);
    expect(await mend(first, [row(2, " ", "", "5", "")])).toEqual({ ok: false, reason: "blank", lines: [3] });
    expect(await mend(first, [])).toEqual({ ok: false, reason: "no_rows" });
    for (const position of [1, 3, 99])
      expect(await mend(first, [row(position, address("x"))])).toEqual({ ok: false, reason: "not_failed" });
    const other = ownerOf(await roster.as("owner", () => makeAccount(randomBytes(32).toString("base64"))));
    const as = (actor: typeof other) =>
      roster.as("app", () => mendRows(actor, { runId: first, mode: "apply", rows: [row(2, address("x"))] }));
    expect(await as(other)).toEqual({ ok: false, reason: "not_failed" });
    await expect(
      as({ ...roster.actor, privileges: new Set(["users.view"] as const) }),
    ).rejects.toBeInstanceOf(NotAllowed);
  });
});

test("a check that was not applied leaves its lines to be mended again", async () => {
  const first = await imported([header, "a,A,1,T"]);
  const check = await mended(first, [row(1, address("late"), "A", "", "")], "check");
  expect((await failed(first)).rows).toEqual([]);
  await roster.sql`update runs set planned_at = now() - interval '61 minutes' where id = ${check}`;
  expect((await failed(first)).rows).toHaveLength(1);
  const again = await mended(first, [row(1, address("late"), "A", "", "")]);
  expect(await roster.run(again)).toMatchObject({ created: 1 });
});

test("pages of failed lines, and a password that nobody sees", async () => {
  const lines = Array.from({ length: 120 }, (_, n) => `wrong${n},N,secret${n}`);
  const first = await imported(["Email ID,First Name,Password", ...lines]);
  const page = await failed(first);
  expect([page.rows.length, page.rows[0]?.cells]).toEqual([50, ["wrong0", "N", ""]]);
  const next = await failed(first, { after: page.next });
  expect([next.rows[0]?.line, next.previous]).toEqual([52, 51]);
  expect((await failed(first, { before: next.previous })).rows.at(-1)?.line).toBe(51);
});

test("waiting suspensions are not superseded by mended rows", async () => {
  await roster.sql`insert into users (account_id, email, status, source)
    select ${roster.acme.id}, 'gone' || n || '@' || ${roster.acme.domain}::text, 'active', 'invite' from generate_series(1, 30) n`;
  const gone = Array.from({ length: 28 }, (_, n) => `gone${n + 1}@${roster.acme.domain},Delete`);
  const first = await imported(["Email ID,User Status", ...gone, "bad,New"]);
  expect(await roster.run(first)).toMatchObject({ removals: "waiting" });
  await mended(first, [row(29, address("mend"), "New")]);
  expect(await roster.run(first)).toMatchObject({ removals: "waiting", waiting: 28 });
});
