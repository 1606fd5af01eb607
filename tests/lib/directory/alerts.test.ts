import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runDueSyncs } from "#lib/directory/run-due-syncs.ts";
import { readLetters } from "#lib/mail/pump/read-letters.ts";
import { renderLetter } from "#lib/mail/pump/render-letter.ts";
import { openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
let broken = false;

beforeAll(async () => {
  sync = await openSync({
    fault: (_, socket) => {
      if (broken) socket.destroy();
      return broken;
    },
  });
  await holder("decides", "enrollment.directory_sync");
  await holder("imports", "enrollment.import");
});
beforeEach(async () => {
  broken = false;
  await sync.sql`truncate emails`;
});
afterAll(() => sync.close());

/** Somebody with a role of one privilege. */
async function holder(name: string, privilege: string) {
  const { sql: root, acme } = sync;
  await root`
    with role as (insert into roles (account_id, name, kind, privileges)
      values (${acme.id}, ${name}, 'custom', ${[privilege]}) returning id),
    person as (insert into users (account_id, email, status, source)
      values (${acme.id}, ${`${name}@acme.test`}, 'active', 'invite') returning id)
    insert into role_grants (account_id, role_id, user_id) select ${acme.id}, role.id, person.id from role, person`;
}

async function fail(mode: "check" | "apply", trigger: "manual" | "scheduled" | "weekly") {
  const asked = await sync.request(mode);
  if (!asked.ok) throw new Error(asked.reason);
  await sync.sql`update runs set trigger = ${trigger} where id = ${asked.runId}`;
  broken = true;
  await sync.work(asked.runId);
  broken = false;
  expect((await sync.run(asked.runId)).state).toBe("failed");
  return asked.runId;
}

const told = async (kind: string) =>
  (await sync.sql`select recipient from emails where kind = ${kind} order by recipient`).map(
    ({ recipient }) => String(recipient).split("@")[0],
  );

async function mails() {
  const rows = await sync.sql`select id from emails where state = 'queued' order by recipient`;
  const ids = rows.map(({ id }) => ({ accountId: sync.acme.id, id: String(id) }));
  const letters = await sync.as("worker", () => readLetters(ids));
  const stationery = { baseUrl: "https://rollcall.example", tokenKey: "a2V5" };
  return letters.map((letter) => ({ letter, mail: renderLetter(letter, stationery) }));
}

describe("a sync that fails", () => {
  test.each(["scheduled", "weekly"] as const)("%s: whoever may decide is told, once", async (trigger) => {
    const runId = await fail("apply", trigger);
    expect(await told("sync_failed")).toEqual(["ada.owner", "decides"]);
    const [first] = await mails();
    expect(first?.mail.text).toContain("asked for by the schedule did not come to its end");
    expect(first?.mail.text).toContain(`/a/${sync.acme.slug}/runs/${runId}`);
  });

  test("asked for by somebody who is at the console: they see it", async () => {
    await sync.sql`insert into sessions (account_id, user_id, expires_at)
      values (${sync.acme.id}, ${sync.actor.userId}, now() + interval '1 day')`;
    await fail("apply", "manual");
    expect(await told("sync_failed")).toEqual([]);
    await sync.sql`update sessions set last_seen_at = now() - interval '1 hour'`;
    await fail("apply", "manual");
    expect(await told("sync_failed")).toEqual(["ada.owner", "decides"]);
    expect((await mails())[0]?.mail.text).toMatch(/asked for by Ada Owner/);
  });

  test("a preview: nobody is told", async () => {
    await fail("check", "manual");
    expect(await told("sync_failed")).toEqual([]);
  });
});

test("no sync for as long as the settings say: once, until one is completed", async () => {
  const due = () => sync.as("worker", () => runDueSyncs({ holdHours: 0 }));
  const late = () => sync.sql`update directories set last_good_at = now() - interval '8 days 1 hour'`;
  await sync.sql`update runs set requested_at = now() - interval '7 hours'`;
  await late();
  await due();
  await due();
  expect(await told("sync_overdue")).toEqual(["ada.owner", "decides"]);
  const [first] = await mails();
  expect(first?.mail.subject).toMatch(/no directory sync for 8 days$/);
  expect(first?.letter.withdrawn_because).toBeNull();
  const [run] = await sync.sql`select id from runs where trigger = 'weekly' and state = 'queued'`;
  await sync.work(String(run?.id));
  expect((await mails())[0]?.letter.withdrawn_because).toBe("a sync was completed meanwhile");
  await late();
  await due();
  expect(await told("sync_overdue")).toHaveLength(4);
});

test("removals that wait: in the words of a sync, in every language", async () => {
  await sync.sql`delete from runs where state = 'queued'`;
  await sync.sync();
  for (const { dn } of sync.people().slice(0, 20)) sync.remove(dn);
  const asked = await sync.request();
  if (!asked.ok) throw new Error(asked.reason);
  await sync.sql`update runs set trigger = 'weekly' where id = ${asked.runId}`;
  await sync.work(asked.runId);
  expect(await sync.run(asked.runId)).toMatchObject({ state: "completed", removals: "waiting" });
  expect(await told("removals_waiting")).toEqual(["ada.owner", "decides"]);
  const expected = {
    en: "Directory sync, asked for by the schedule, would suspend",
    de: "Der Verzeichnisabgleich, angefordert von dem Zeitplan, würde",
    es: "La sincronización del directorio, a petición de la programación, suspendería",
    ja: "スケジュール が実行した ディレクトリ同期",
  };
  for (const [language, words] of Object.entries(expected)) {
    await sync.sql`update emails set language = ${language}`;
    expect((await mails())[0]?.mail.text).toContain(words);
  }
});
