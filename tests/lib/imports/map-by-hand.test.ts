import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "#lib/authorization/actor.ts";
import { NotAllowed } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { acceptRoster } from "#lib/imports/accept-roster.ts";
import { findUpload } from "#lib/imports/find-upload.ts";
import { importKind } from "#lib/imports/import-kind.ts";
import { requestImport } from "#lib/imports/request-import.ts";
import { streamFailedRows } from "#lib/runs/stream-failed-rows.ts";
import { cancelUpload } from "#lib/uploads/cancel-upload.ts";
import { ownerOf } from "#tests/support/account-owner.ts";
import { makeAccount } from "#tests/support/make-account.ts";
import { openRoster, type Roster } from "../runs/roster-run.ts";
import { collect, pieces } from "../uploads/byte-streams.ts";

let roster: Roster;
let colleague: UserActor;
let stranger: UserActor;

beforeAll(async () => {
  process.env.ROLLCALL_SECRET_KEYS = `k1:${Buffer.alloc(32, 9).toString("base64")}`;
  roster = await openRoster();
  colleague = { ...roster.actor, userId: "00000000-0000-7000-8000-000000000001" };
  stranger = ownerOf(await roster.as("owner", () => makeAccount(Buffer.alloc(32).toString("base64"))));
});

afterAll(() => roster.end());

const app = <T>(work: () => Promise<T>) => roster.as("app", work);

async function uploadOf(text: string | Buffer): Promise<string> {
  const file = { fileName: "people.csv", bytes: pieces(text) };
  const { uploadId } = await app(() => acceptRoster(roster.actor, file));
  if (!uploadId) throw new Error("not kept");
  return uploadId;
}

const find = (id: string, by = roster.actor) => app(() => findUpload(by, id));
const request = (uploadId: string, more: object = {}, by = roster.actor) =>
  app(() => requestImport(by, { uploadId, mode: "apply", ...more }));
const gone = { ok: false, reason: "no_such_upload" };
const unmapped = () => `Contact,Vorname,Initial Password\n${roster.address("ana")},Ana,s3cret\n`;

describe("a file that a person has to map", () => {
  test("is kept, told with samples and without passwords, and imported as mapped", async () => {
    const id = await uploadOf(unmapped());
    expect(await find(id)).toEqual({
      id,
      fileName: "people.csv",
      fault: expect.stringContaining("no Email ID column"),
      columns: [
        { letter: "A", header: "Contact", field: null, samples: [roster.address("ana")] },
        { letter: "B", header: "Vorname", field: null, samples: ["Ana"] },
        { letter: "C", header: "Initial Password", field: "password", samples: [] },
      ],
    });
    const requested = await request(id, { columns: ["email", "first_name", "title"] });
    if (!requested.ok) throw new Error(requested.reason);
    await roster.slice(requested.runId, importKind);
    expect(await roster.user(roster.address("ana"))).toMatchObject({ first_name: "Ana", title: null });
    expect((await roster.run(requested.runId)).assumed).toMatchObject({
      columns: [{ field: "Email ID" }, { field: "First Name" }, { header: "Initial Password", field: "" }],
    });
  });

  test("cannot be imported without a mapping, nor with a bad one", async () => {
    const id = await uploadOf(unmapped());
    expect(await request(id)).toEqual({ ok: false, reason: "no_email_column", columns: [] });
    expect(await request(id, { columns: [] })).toMatchObject({ reason: "no_email_column", columns: [] });
    expect(await request(id, { columns: [null, "title"] })).toMatchObject({ reason: "no_email_column" });
    expect(await request(id, { columns: ["email", "email"] })).toEqual({
      ok: false,
      reason: "two_columns_one_field",
      columns: [0, 1],
    });
    expect((await find(id))?.fault).not.toBeNull();
  });

  test("two headers for one field: both are open, the others guessed", async () => {
    const id = await uploadOf(`Mail,First Name,E-Mail\n${roster.address("a")},Ana,${roster.address("b")}\n`);
    expect(await request(id)).toMatchObject({ ok: false, reason: "two_columns_one_field" });
    expect((await find(id))?.columns.map(({ field }) => field)).toEqual([null, "first_name", null]);
    expect(await request(id, { columns: [null, "first_name", "email"] })).toMatchObject({ ok: true });
  });
});

describe("whose upload it is", () => {
  test("only its uploader's, here, complete and without a run", async () => {
    const id = await uploadOf(unmapped());
    expect(await find(id, colleague)).toBeNull();
    expect(await find(id, stranger)).toBeNull();
    expect(await find("no id")).toBeNull();
    expect(await find("00000000-0000-7000-8000-000000000009")).toBeNull();
    await expect(find(id, { ...roster.actor, privileges: new Set() })).rejects.toThrow(NotAllowed);
    const columns = ["email"];
    expect(await request(id, { columns }, colleague)).toEqual(gone);
    expect(await request(id, { columns }, stranger)).toEqual(gone);
    expect(await request("no id", { columns })).toEqual(gone);
    await app(() => cancelUpload(colleague, "roster", id));
    await app(() => cancelUpload(stranger, "roster", id));
    expect(await find(id)).not.toBeNull();
  });

  test("one form sent ten times at once starts one run, which Cancel does not touch", async () => {
    const id = await uploadOf(unmapped());
    const answers = await Promise.all(Array.from({ length: 10 }, () => request(id, { columns: ["email"] })));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await find(id)).toBeNull();
    expect(await request(id, { columns: [null, "email"] })).toEqual(gone);
    await app(() => cancelUpload(roster.actor, "roster", id));
    expect(await roster.sql`select 1 from upload_pieces where upload_id = ${id}`).toHaveLength(1);
  });

  test("Cancel deletes it, and twice is once", async () => {
    const id = await uploadOf(unmapped());
    await Promise.all([1, 2].map(() => app(() => cancelUpload(roster.actor, "roster", id))));
    expect(await find(id)).toBeNull();
    expect(await request(id, { columns: ["email"] })).toEqual(gone);
    expect(await roster.sql`select 1 from uploads where id = ${id}`).toHaveLength(0);
  });
});

describe("samples", () => {
  test.each([
    ["semicolons in Windows-1252", Buffer.from("Kontakt;Ort\nx;M\xfcnchen\n", "latin1"), ["x"], ["München"]],
    ["UTF-16 with tabs", Buffer.from("\ufeffKontakt\tOrt\r\nx\tŁódź\r\n", "utf16le"), ["x"], ["Łódź"]],
    ["blank and repeated cells", "A,B\nx,\n\nx,\ny,1\nz,1\nw,2\n", ["x", "y", "z"], ["1", "2"]],
    ["rows of another width", "A,B\nx\nx,y,z\nq,r\n", ["q"], ["r"]],
    ["no line end at the end", "A,B\nq,r", ["q"], ["r"]],
    ["what is long or hidden", `A,B\n${"x".repeat(90)},a\u202eb\n`, [`${"x".repeat(40)}…`], ["a\ufffdb"]],
  ])("of %s", async (_, text, first, second) => {
    const upload = await find(await uploadOf(text));
    expect(upload?.columns.map(({ samples }) => samples)).toEqual([first, second]);
  });

  test("of 200 columns and a file of many pieces", async () => {
    const header = Array.from({ length: 200 }, (_, at) => `Column ${at}`).join(",");
    const row = Array.from({ length: 200 }, (_, at) => `cell ${at}`).join(",");
    const upload = await find(await uploadOf([header, ...Array(1500).fill(row)].join("\n")));
    expect(upload?.columns).toHaveLength(200);
    expect(upload?.columns[199]).toMatchObject({ letter: "GR", samples: ["cell 199"] });
  });
});

describe("options of one import", () => {
  const options = { createUnknown: true, clearWord: "(empty)", alert: true };
  const statuses = () =>
    `Email ID,User Status,Title\n${roster.address("new1")},Update,Boss\n${roster.address("old1")},Update,(empty)\n` +
    `${roster.address("none1")},Delete,(empty)\n${roster.address("none2")},Delete,'(empty)\n${roster.address("none3")},Delete,-\n`;

  test("unknown people of an Update are created, and its own clear word empties", async () => {
    await roster.person(roster.address("old1"), "active");
    const requested = await request(await uploadOf(statuses()), { options });
    if (!requested.ok) throw new Error(requested.reason);
    expect((await roster.run(requested.runId)).options).toEqual(options);
    await roster.slice(requested.runId, importKind);
    expect(await roster.outcomes(requested.runId)).toEqual(["new", "updated", "failed", "failed", "failed"]);
    expect(await roster.user(roster.address("new1"))).toMatchObject({ status: "invited", title: "Boss" });
    expect((await roster.user(roster.address("old1")))?.title).toBeNull();
    const failed = (await app(() => collect(streamFailedRows(roster.actor, requested.runId)))).join("");
    expect(failed).toContain(`${roster.address("none1")},Delete,(empty)\r\n`);
    // The account's own word is data here, and a formula sign gets its apostrophe.
    expect(failed).toContain(`${roster.address("none3")},Delete,'-\r\n`);
  });

  test("without them the account's word holds, and nothing is noted", async () => {
    const requested = await request(await uploadOf(statuses()), {
      options: { createUnknown: false, clearWord: null, alert: false },
    });
    if (!requested.ok) throw new Error(requested.reason);
    expect((await roster.run(requested.runId)).options).toEqual({});
    const word = await app(() =>
      withAccount(roster.actor, (tx) => tx.execute<{ w: string }>(sql`select clear_word as w from accounts`)),
    );
    expect(word[0]?.w).toBe("-");
  });
});
