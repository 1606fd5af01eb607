import { afterAll, beforeAll, expect, test } from "vitest";
import { systemActor } from "#lib/authorization/actor.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { enqueueMail } from "#lib/mail/enqueue-mail.ts";
import { openRoster, type Roster } from "../runs/roster-run.ts";

let roster: Roster;
beforeAll(async () => {
  roster = await openRoster();
  await roster.sql`update accounts set default_language = 'de' where id = ${roster.acme.id}`;
});
afterAll(() => roster.end());

test.each([
  [null, undefined, "de"],
  ["ja", undefined, "ja"],
  ["es-MX", undefined, "es"],
  ["EN_us", undefined, "en"],
  ["fr", undefined, "de"],
  ["", undefined, "de"],
  ["ja", "es", "es"],
])("a person whose language is %j, asked for %j, gets a mail in %s", async (own, language, expected) => {
  const [user] = await roster.sql`insert into users (account_id, email, status, source, language)
    values (${roster.acme.id}, ${`${crypto.randomUUID()}@acme.test`}, 'invited', 'invite', ${own}) returning id`;
  const userId = user?.id as string;
  const mail = {
    key: `k:${userId}`,
    kind: "account_activated",
    recipient: "a@acme.test",
    subjectId: userId,
  } as const;
  await roster.as("worker", () =>
    withAccount(systemActor(roster.acme.id, "test"), (tx) =>
      enqueueMail(tx, roster.acme.id, { ...mail, userId, ...(language ? { language } : {}) }),
    ),
  );
  expect(await roster.sql`select language from emails where key = ${mail.key}`).toEqual([
    { language: expected },
  ]);
});

test("an import invites people in their own language, others in the account's", async () => {
  const [ken, lee] = [roster.address("ken"), roster.address("lee")];
  await roster.sql`insert into users (account_id, email, status, source, language)
    values (${roster.acme.id}, ${ken}, 'not_invited', 'invite', 'ja')`;
  await roster.import([{ email: ken, asked: "New" }, { email: lee }]);
  const sent = await roster.sql`
    select e.recipient, e.language, i.language as of_invitation from emails e
    join invitations i on i.id = e.subject_id where e.recipient in (${ken}, ${lee}) order by 1`;
  expect(sent).toEqual([
    { recipient: ken, language: "ja", of_invitation: "ja" },
    { recipient: lee, language: "de", of_invitation: "de" },
  ]);
});
