import { afterAll, beforeAll, expect, test } from "vitest";
import { requestImport } from "#lib/imports/request-import.ts";
import { openRoster, type Roster } from "./roster-run.ts";

let roster: Roster;

beforeAll(async () => {
  roster = await openRoster();
});

afterAll(() => roster.end());

async function accepted(by = roster.actor.userId): Promise<string> {
  const layout = { encoding: "utf-8", delimiter: ",", headers: [], columns: [], ignored: [], absent: [] };
  const verdict = { ...layout, start: { offset: 0, record: 1 } };
  const [row] = await roster.sql`
    insert into uploads (account_id, file_name, state, sealed_key, created_by, verdict)
    values (${roster.acme.id}, 'people.csv', 'complete', 'k', ${by}, ${roster.sql.json(verdict)}) returning id`;
  return row?.id;
}

const request = (uploadId: string) =>
  roster.as("app", () => requestImport(roster.actor, { uploadId, mode: "apply" }));
const refused = { ok: false, reason: "no_such_upload" };

test("a form that is sent ten times at once starts one run of its file", async () => {
  const uploadId = await accepted();
  const answers = await Promise.all(Array.from({ length: 10 }, () => request(uploadId)));
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  const [runs] = await roster.sql`select count(*)::int as n from runs where upload_id = ${uploadId}`;
  expect(runs?.n).toBe(1);
  expect(await request(uploadId)).toEqual(refused);
});

test("a file that is still coming in, was read, or is somebody else's starts none", async () => {
  for (const state of ["receiving", "read"]) {
    const uploadId = await accepted();
    await roster.sql`update uploads set state = ${state} where id = ${uploadId}`;
    expect(await request(uploadId)).toEqual(refused);
  }
  expect(await request(await accepted("0190a000-0000-7000-8000-000000000001"))).toEqual(refused);
  expect(await request("0190a000-0000-7000-8000-000000000001")).toEqual(refused);
});
