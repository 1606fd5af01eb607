import { afterAll, beforeAll, expect, test } from "vitest";
import { streamFailedRows } from "#lib/runs/stream-failed-rows.ts";
import { openRoster, type Roster, rosterKind } from "./roster-run.ts";

let roster: Roster;

beforeAll(async () => {
  roster = await openRoster();
});

afterAll(() => roster.end());

/** What reading the header of a file took each column for; "" is none of ours. */
const assume = (id: string, fields: string[]) => {
  const columns = fields.map((field, at) => ({ header: field || `Extra ${at}`, field }));
  return roster.sql`update runs set assumed = ${roster.sql.json({ columns, ignored: [], absent: [] })} where id = ${id}`;
};

const text = (stream: AsyncGenerator<string>) =>
  roster.as("app", async () => {
    let whole = "";
    for await (const part of stream) whole += part;
    return whole;
  });

test("a line that failed only against the account comes back with all that it had", async () => {
  const id = await roster.request();
  await assume(id, ["First Name", "", "Email ID", "User Status", "Title", "Department", "City"]);
  const line = {
    email: roster.address("stranger"),
    asked: "update",
    first_name: "Ada",
    title: "=1",
    city: "-",
    cleared: "department",
  };
  await roster.slice(id, rosterKind([line]));
  const csv = await text(streamFailedRows(roster.actor, id));
  expect(csv.split("\r\n")[1]).toMatch(new RegExp(`^Nobody here.*,Ada,,${line.email},Update,'=1,-,'-$`));
});

test("the clear word comes back as such, and the same character as data behind its apostrophe", async () => {
  const raw = JSON.stringify(["bad", "-", "'-", "-1"]);
  const id = await roster.import([{ email: "bad", problem: "Line 2: no.", raw }]);
  await assume(id, ["Email ID", "Title", "City", "Region"]);
  const csv = await text(streamFailedRows(roster.actor, id));
  expect(csv.split("\r\n")[1]).toBe("Line 2: no.,bad,-,'-,'-1");
});

test("a line that is too short or too long comes back as long as it was, without the reason of last time", async () => {
  const raws = [
    ["old", "short@x.test", "Ada"],
    ["old", "long@x.test", "Ada", "Lovelace", "one more"],
  ];
  const id = await roster.import(
    raws.map((raw) => ({ email: "bad", problem: "No.", raw: JSON.stringify(raw) })),
  );
  await assume(id, ["Rollcall Reason", "Email ID", "First Name", "Last Name"]);
  const records = (await text(streamFailedRows(roster.actor, id))).split("\r\n");
  expect(records.slice(0, 3)).toEqual([
    "\ufeffRollcall Reason,Email ID,First Name,Last Name",
    "No.,short@x.test,Ada",
    "No.,long@x.test,Ada,Lovelace,one more",
  ]);
});

test("a file with as many columns as are allowed gives its failed lines back", async () => {
  const id = await roster.request();
  await assume(id, ["Email ID", ...Array<string>(199).fill("")]);
  await roster.slice(id, rosterKind([{ email: roster.address("wide"), asked: "update" }]));
  expect(await roster.run(id)).toMatchObject({ state: "completed", failed: 1 });
});
