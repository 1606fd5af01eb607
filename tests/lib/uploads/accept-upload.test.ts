import { createHash } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { UserActor } from "#lib/authorization/actor.ts";
import { NotAllowed } from "#lib/authorization/authorize.ts";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { acceptRoster } from "#lib/imports/accept-roster.ts";
import { readUpload } from "#lib/imports/plan/read-upload.ts";
import { requestImport } from "#lib/imports/request-import.ts";
import { RunFailure, type WorkedRun } from "#lib/runs/run-kind.ts";
import { findActor } from "#lib/sign-in/find-actor.ts";
import { redeemSignInToken } from "#lib/sign-in/redeem-sign-in-token.ts";
import { openUpload } from "#lib/uploads/open-upload.ts";
import type { CopiedDatabase } from "#tests/support/copy-template.ts";
import { makeAccount } from "#tests/support/make-account.ts";
import { testDatabase } from "#tests/support/test-database.ts";
import { collect, longStream, pieces } from "./byte-streams.ts";

const tokenKey = Buffer.alloc(32, 7).toString("base64");
let database: CopiedDatabase;
let book: postgres.Sql;
let actor: UserActor;
let stranger: UserActor;

beforeAll(async () => {
  database = await testDatabase();
  process.env.ROLLCALL_SECRET_KEYS = `k1:${Buffer.alloc(32, 9).toString("base64")}`;
  book = postgres(database.superUrl, { max: 1, onnotice: () => {} });
  openDatabase(database.ownerUrl);
  const accounts = [await makeAccount(tokenKey), await makeAccount(tokenKey)];
  const links = await Promise.all(accounts.map((account) => account.signInPath()));
  await closeDatabase();
  openDatabase(database.appUrl);
  const [mine, other] = await Promise.all(links.map(signIn));
  if (!mine || !other) throw new Error("nobody signed in");
  [actor, stranger] = [mine, other];
});

afterAll(async () => {
  await closeDatabase();
  await book.end();
  await database.drop();
});

async function signIn(link: string): Promise<UserActor | null> {
  const session = await redeemSignInToken(tokenKey, link.split("/").at(-1) ?? "");
  return session.ok ? findActor(session.sessionId) : null;
}

const roster = (rows: number) => {
  const [domain] = actor.userEmail.split("@").slice(-1);
  const lines = Array.from({ length: rows }, (_, row) => `u${row}@${domain},José ${row}\r\n`);
  return Buffer.from(`Email ID,First Name\r\n${lines.join("")}`);
};

const upload = (bytes: AsyncIterable<Buffer>, fileName = "people.csv", by = actor) =>
  acceptRoster(by, { fileName, bytes });

async function accepted(bytes: Buffer, fileName?: string) {
  const result = await upload(pieces(bytes), fileName);
  if (!result.ok) throw new Error(result.sentence);
  return result;
}

const left = async () => {
  const [counts] = await book`select (select count(*)::int from uploads) as uploads,
    (select count(*)::int from upload_pieces) as pieces`;
  return counts;
};

describe("acceptRoster", () => {
  it.each([0, 1, 1024 * 1024 - 1, 1024 * 1024, 3 * 1024 * 1024 + 17])(
    "gives back what was sent, and from the middle (%i bytes more)",
    async (more) => {
      const bytes = Buffer.concat([roster(3), Buffer.alloc(more, "x,y\r\n")]);
      const { uploadId, size, sha256 } = await accepted(bytes);
      expect({ size, sha256 }).toEqual({
        size: bytes.length,
        sha256: createHash("sha256").update(bytes).digest("hex"),
      });
      const opened = await openUpload(actor.accountId, uploadId);
      if (!opened) throw new Error("not there");
      for (const from of [0, 5, bytes.length - 1, bytes.length]) {
        const read = Buffer.concat(await collect(opened.read(from)));
        expect(read.equals(bytes.subarray(from))).toBe(true);
      }
    },
  );

  it("keeps nothing in plain", async () => {
    const { uploadId } = await accepted(
      Buffer.concat([roster(3), Buffer.from("s3cret-marker@x\r\n".repeat(50))]),
    );
    const [row] =
      await book`select u.sealed_key, p.body from uploads u join upload_pieces p on p.upload_id = u.id where u.id = ${uploadId}`;
    expect(row?.body.includes("s3cret-marker")).toBe(false);
    expect(row?.sealed_key).toMatch(/^k1\./);
  });

  it("reads no piece that was changed, moved or lost", async () => {
    const bytes = Buffer.concat([roster(3), Buffer.alloc(2 * 1024 * 1024, "x,y\r\n")]);
    const damage = async (spoil: (id: string) => Promise<unknown>) => {
      const { uploadId } = await accepted(bytes);
      await spoil(uploadId);
      const opened = await openUpload(actor.accountId, uploadId);
      return collect(opened?.read(0) ?? pieces(""));
    };
    const swap = (id: string) => book`update upload_pieces p set body = (select q.body from upload_pieces q
      where q.upload_id = p.upload_id and q.seq = 1 - p.seq) where upload_id = ${id} and seq < 2`;
    await expect(damage(swap)).rejects.toThrow();
    await expect(
      damage((id) => book`delete from upload_pieces where upload_id = ${id} and seq = 1`),
    ).rejects.toThrow(/missing/);
    await expect(
      damage(
        (id) =>
          book`update upload_pieces set body = set_byte(body, 40, 255 - get_byte(body, 40)) where upload_id = ${id} and seq = 0`,
      ),
    ).rejects.toThrow();
  });
});

describe("what acceptRoster refuses", () => {
  it.each([
    ["an empty file", () => pieces(""), "empty"],
    ["only a header", () => pieces("Email ID\n"), "only_header"],
    ["a JPEG", () => pieces(Buffer.from("ffd8ffe000104a464946", "hex")), "binary"],
    ["a first line that is a person", () => pieces("a@b.test,A\nb@b.test,B\n"), "no_email_column"],
    ["one endless line", () => longStream("Email ID", "x", 20 * 2 ** 20), "header_too_long"],
    [
      "a stray byte behind megabytes",
      () => pieces(Buffer.concat([roster(90_000), Buffer.from([0xff])])),
      "not_text",
    ],
  ])(
    "leaves nothing of %s",
    async (_, bytes, reason) => {
      const before = await left();
      const result = await upload(bytes());
      expect(result).toMatchObject({ ok: false, reason });
      expect(await left()).toEqual(before);
    },
    120_000,
  );

  it("leaves nothing when the stream breaks, and throws what broke it", async () => {
    const before = await left();
    async function* broken() {
      yield roster(50_000);
      throw new Error("the browser went away");
    }
    await expect(upload(broken())).rejects.toThrow("the browser went away");
    await expect.poll(left).toEqual(before);
  });
});

describe("names and callers of acceptRoster", () => {
  it.each([
    ["C:\\Users\\eve\\people.csv", "people.csv"],
    ["../../etc/passwd", "passwd"],
    ["a\r\nSet-Cookie: x\0\u202evsc.csv", "aSet-Cookie: xvsc.csv"],
    ["", "file.csv"],
    ["😀".repeat(300), "😀".repeat(200)],
  ])("keeps of the name %j what is a name", async (given, kept) => {
    const { uploadId } = await accepted(roster(1), given);
    expect((await book`select file_name from uploads where id = ${uploadId}`)[0]).toEqual({
      file_name: kept,
    });
  });

  it("is for those who may import", async () => {
    await expect(upload(pieces(roster(1)), "x.csv", { ...actor, privileges: new Set() })).rejects.toThrow(
      NotAllowed,
    );
  });

  it("takes two uploads of one file at once", async () => {
    const both = await Promise.all([accepted(roster(20_000)), accepted(roster(20_000))]);
    expect(both[0]?.sha256).toBe(both[1]?.sha256);
    expect(both[0]?.uploadId).not.toBe(both[1]?.uploadId);
  });
});

describe("requestImport", () => {
  it("makes a run that tells what was assumed, once a file", async () => {
    const { uploadId } = await accepted(
      Buffer.concat([Buffer.from("Mail;Shoe size;First Name\r\n"), Buffer.from("a@b.c;1;x\r\n")]),
    );
    const requested = await requestImport(actor, { uploadId, mode: "check" });
    if (!requested.ok) throw new Error(requested.reason);
    const [run] = await book`select mode, state, assumed from runs where id = ${requested.runId}`;
    expect(run).toMatchObject({
      mode: "check",
      state: "queued",
      assumed: {
        encoding: "UTF-8",
        delimiter: ";",
        ignored: ["Shoe size"],
        columns: [
          { header: "Mail", field: "Email ID" },
          { header: "Shoe size", field: "" },
          { header: "First Name", field: "First Name" },
        ],
      },
    });
    expect(await requestImport(actor, { uploadId, mode: "apply" })).toEqual({
      ok: false,
      reason: "no_such_upload",
    });
  });

  it("knows no upload of another account", async () => {
    const { uploadId } = await accepted(roster(1));
    expect(await requestImport(stranger, { uploadId, mode: "apply" })).toMatchObject({ ok: false });
  });
});

describe("readUpload", () => {
  const workedRun = (uploadId: string | null): WorkedRun => ({
    accountId: actor.accountId,
    id: "",
    kind: "import",
    mode: "check",
    requestedBy: actor.userId,
    requestedByName: "Ada",
    uploadId,
    options: {},
    ...{ assumed: null, undoes: null, target: null, settingsVersion: null, span: null },
  });
  const signal = new AbortController().signal;

  it("gives batches that go on from each other", async () => {
    const { uploadId } = await accepted(roster(12_000));
    const batches = await collect(readUpload(workedRun(uploadId), null, signal));
    expect(batches.reduce((sum, { count }) => sum + count, 0)).toBe(12_000);
    expect(batches.flatMap(({ problem }) => problem ?? [])).toEqual([]);
    expect(Object.keys(batches[0]?.fields ?? {})).toEqual(["first_name"]);
    const stored = JSON.parse(JSON.stringify(batches[0]?.checkpoint));
    const rest = await collect(readUpload(workedRun(uploadId), stored, signal));
    expect(rest.flatMap(({ position }) => position)).toEqual(
      batches.slice(1).flatMap(({ position }) => position),
    );
  });

  it("fails in words when the file is gone", async () => {
    await expect(collect(readUpload(workedRun(null), null, signal))).rejects.toThrow(RunFailure);
  });
});
