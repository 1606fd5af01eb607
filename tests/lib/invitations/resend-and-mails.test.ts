import { afterAll, beforeAll, expect, test } from "vitest";
import { waitUntil } from "#bin/local/wait-until.ts";
import { listInvitations } from "#lib/invitations/list-invitations.ts";
import { requestNewInvitation } from "#lib/invitations/request-new-invitation.ts";
import { resendInvitation } from "#lib/invitations/resend-invitation.ts";
import { openPeople, type People } from "../users/people.ts";

let people: People;

beforeAll(async () => {
  people = await openPeople();
});
afterAll(() => people.end());

const resend = (id: string) => people.asApp(() => resendInvitation(people.owner, id));

async function invited() {
  const userId = await people.person({ status: "invited" });
  return { ...(await people.invite(userId)), email: (await people.row(userId)).email as string };
}

test("nothing is sent while it is being sent: what is with the provider must not change before there is an answer", async () => {
  const { id, email } = await invited();
  for (const kind of ["invitation", "reminder"]) {
    await people.sql`update emails set state = 'sending' where subject_id = ${id} and kind = ${kind}`;
    expect(await resend(id)).toEqual({ ok: false, reason: "being_sent" });
    await people.asApp(() => requestNewInvitation(email));
    await people.sql`update emails set state = 'sent' where subject_id = ${id}`;
    await people.sql`insert into emails (account_id, key, kind, recipient, subject_id)
      select account_id, 'reminder:' || id || ':1', 'reminder', email, id from invitations where id = ${id} on conflict do nothing`;
  }
  expect(await people.invitation(id)).toMatchObject({ generation: 1, resent_at: null });
  expect(await resend(id)).toMatchObject({ ok: true });
});

test("who is just taking the mail to send it is waited for", async () => {
  const { id } = await invited();
  let asked: ReturnType<typeof resend> | undefined;
  await people.sql.begin(async (claim) => {
    await claim`update emails set state = 'sending' where subject_id = ${id}`;
    asked = resend(id);
    const waits = () => people.sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like '%from emails where key%'`;
    expect(await waitUntil(async () => (await waits()).length > 0, 10_000)).toBe(true);
  });
  expect(await asked).toEqual({ ok: false, reason: "being_sent" });
});

test("its reminder begins anew; a mail that bounces is found then, as after a reminder that was taken back", async () => {
  const { id } = await invited();
  const bounced = async () => {
    const { invitations } = await people.asApp(() => listInvitations(people.owner, { mail: "bounced" }));
    return invitations.filter((one) => one.id === id).length;
  };
  const bounce = (key: string) =>
    people.sql`update emails set state = 'sent', bounced_at = now() where key = ${key}`;
  await people.sql`update invitations set reminded_at = now() where id = ${id}`;
  await people.sql`insert into emails (account_id, key, kind, recipient, subject_id, state)
    select account_id, 'reminder:' || id || ':1', 'reminder', email, id, 'sent' from invitations where id = ${id}`;
  await bounce(`invitation:${id}:1`);
  expect(await bounced()).toBe(0);
  await people.sql`update emails set state = 'withdrawn' where key = ${`reminder:${id}:1`}`;
  expect(await bounced()).toBe(1);
  expect(await resend(id)).toMatchObject({ ok: true });
  expect(await people.invitation(id)).toMatchObject({ reminded_at: null });
  expect(await bounced()).toBe(0);
  await bounce(`invitation:${id}:2`);
  expect(await bounced()).toBe(1);
});
