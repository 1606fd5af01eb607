import { expect, test } from "vitest";
import { recordEvent } from "#lib/audit/record-event.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { ownerOf } from "#tests/support/account-owner.ts";
import { chainHarness, keys, useKeys } from "./chain-harness.ts";

const { roles, acme, record, seal, verify, links } = chainHarness();

test("what is written down waits, is sealed in the order of the ids, and is found whole", async () => {
  await record(5);
  const before = await verify();
  expect(before).toMatchObject({ events: 7, sealed: 0, waiting: 7, faults: 0, head: null });
  expect(Date.now() - (before.oldestWaiting?.getTime() ?? 0)).toBeLessThan(60_000);
  await seal();
  const chain = await links();
  const ids = await roles().sql`select id from audit_events where account_id = ${acme().id} order by id`;
  expect(chain.map((link) => link.event_id)).toEqual(ids.map((row) => row.id));
  expect(await verify()).toEqual({
    events: 7,
    sealed: 7,
    waiting: 0,
    oldestWaiting: null,
    head: { position: 7, hash: chain.at(-1)?.hash },
    faults: 0,
    first: null,
  });
});

test("10,000 events in batches, with the key changed in between, and nothing forked by two workers at once", async () => {
  await roles().sql`insert into audit_events (account_id, actor_kind, actor_name, action, details)
    select ${acme().id}, 'system', 'mail', 'mail.failed', jsonb_build_object('n', n, 'b', null, 'aa', 1.50) from generate_series(1, 5000) n`;
  await Promise.all([seal(), seal(), seal()]);
  useKeys(`${keys.second},${keys.first}`);
  await roles().sql`insert into audit_events (account_id, actor_kind, actor_name, action)
    select ${acme().id}, 'system', 'mail', 'mail.failed' from generate_series(1, 5000) n`;
  await Promise.all([seal(), seal()]);
  expect(await verify()).toMatchObject({ events: 10_002, sealed: 10_002, waiting: 0, faults: 0 });
  const by = await roles()
    .sql`select key_id, count(*)::int as n from audit_chain where account_id = ${acme().id} group by 1 order by 1`;
  expect(by).toEqual([
    { key_id: "k1", n: 5002 },
    { key_id: "k2", n: 5000 },
  ]);
  useKeys(keys.second);
  expect(await verify()).toMatchObject({
    faults: 5002,
    first: { position: 1, sentence: expect.stringContaining('key "k1"') },
  });
});

test("a writer waits neither for the seal nor for another writer; who commits later comes later", async () => {
  await seal();
  await roles().as("app", () =>
    withAccount({ accountId: acme().id }, async (tx) => {
      await recordEvent(tx, ownerOf(acme()), { action: "user.edited" });
      await record(1);
      await seal();
      expect(await verify()).toMatchObject({ events: 3, sealed: 3, faults: 0 });
    }),
  );
  await seal();
  const [slow] = await roles()
    .sql`select id from audit_events where account_id = ${acme().id} and subject_id is null`;
  expect((await links()).at(-1)?.event_id).toBe(slow?.id);
  expect(await verify()).toMatchObject({ events: 4, sealed: 4, faults: 0 });
});
