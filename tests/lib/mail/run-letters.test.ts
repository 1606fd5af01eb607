import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readLetters } from "#lib/mail/pump/read-letters.ts";
import { renderLetter } from "#lib/mail/pump/render-letter.ts";
import { openRoster, type Roster } from "../runs/roster-run.ts";

let roster: Roster;

beforeAll(async () => {
  roster = await openRoster();
});

afterAll(() => roster.end());

const stationery = { baseUrl: "https://rollcall.example/", tokenKey: Buffer.alloc(32, 7).toString("base64") };

/** The letter that the outbox would send about a run as it stands. */
async function letterAbout(kind: "run_ended" | "removals_waiting", run: Record<string, unknown>) {
  const runId = await roster.request();
  const { held = 0, ...columns } = run as { held?: number };
  await roster.sql`update runs set ${roster.sql(columns)} where id = ${runId}`;
  await roster.sql`insert into run_changes (account_id, run_id, position, user_id, action)
    select ${roster.acme.id}, ${runId}, n, uuid_v7(), case when n > ${held} then 'update' else 'suspend' end
    from generate_series(1, ${held + 1}::int) n`;
  const [mail] = await roster.sql`insert into emails (account_id, key, kind, recipient, subject_id)
    values (${roster.acme.id}, ${`${kind}:${runId}`}, ${kind}, 'dana@acme.test', ${runId}) returning id`;
  const [letter] = await roster.as("worker", () =>
    readLetters([{ accountId: roster.acme.id, id: mail?.id as string }]),
  );
  if (!letter) throw new Error("no letter");
  return { letter, runId, mail: renderLetter(letter, stationery) };
}

describe("the mail about an ended run", () => {
  test("says what it was, how it ended, the counts, and leads to the report", async () => {
    const { mail, runId } = await letterAbout("run_ended", {
      state: "completed",
      rows_read: 10_250,
      created: 10_000,
      updated: 200,
      failed: 50,
    });
    // A word joiner keeps mail programs from making a link of the file's name.
    expect(mail.subject).toBe("Import of people.\u2060csv has finished");
    for (const part of [mail.html, mail.text]) {
      expect(part).toContain("10,250 lines: 10,000 new, 200 updated, 50 failed.");
      expect(part).toContain("The failed lines can be mended from the report.");
      expect(part).toContain(`https://rollcall.example/a/${roster.acme.slug}/runs/${runId}`);
      expect(part).toContain("dana@acme.test");
    }
  });

  test.each([
    [{ state: "failed", rows_read: 3 }, "failed", "3 lines: nothing was changed. What was done before stays"],
    [
      { state: "cancelled", rows_read: 1, created: 1 },
      "was cancelled",
      "1 line: 1 new. What was done before stays",
    ],
    [{ state: "completed", kind: "undo", deleted: 4 }, "has finished", "4 deleted."],
    [
      { state: "completed", rows_read: 1, removals: "waiting", held: 1 },
      "has finished",
      "1 suspension asked for: too many",
    ],
  ])("of %j", async (run, ending, words) => {
    const { mail } = await letterAbout("run_ended", run);
    expect(mail.subject).toMatch(new RegExp(`${ending}$`));
    expect(mail.text).toContain(words);
  });

  test("stays the same when the waiting suspensions are decided between two attempts", async () => {
    const { mail, letter, runId } = await letterAbout("run_ended", {
      state: "completed",
      removals: "waiting",
      held: 30,
    });
    await roster.sql`update runs set removals = 'approved', state = 'applying', deleted = 28, skipped = 2 where id = ${runId}`;
    const [again] = await roster.as("worker", () =>
      readLetters([{ accountId: roster.acme.id, id: letter.id }]),
    );
    expect(again && renderLetter(again, stationery)).toEqual(mail);
  });

  test("of a run that is gone cannot be made", async () => {
    const { letter } = await letterAbout("run_ended", { state: "completed" });
    expect(() => renderLetter({ ...letter, run: null }, stationery)).toThrow("is gone");
  });
});

describe("the mail about waiting suspensions", () => {
  test("says how many, who asked for it, and leads to the report", async () => {
    const { mail, letter, runId } = await letterAbout("removals_waiting", {
      state: "completed",
      removals: "waiting",
      held: 1_300,
      requested_by_name: "Lee Park",
    });
    expect(mail.subject).toContain("1,300 people");
    expect(mail.text).toContain("Import of people.\u2060csv, asked for by Lee Park,");
    expect(mail.html).toContain(`https://rollcall.example/a/${roster.acme.slug}/runs/${runId}`);
    expect(letter.withdrawn_because).toBeNull();
  });

  test.each(["approved", "discarded", "superseded"])(
    "has lost its point once they are %s",
    async (removals) => {
      const { letter } = await letterAbout("removals_waiting", { removals, held: 3 });
      expect(letter.withdrawn_because).toBe("somebody has decided already");
    },
  );
});
