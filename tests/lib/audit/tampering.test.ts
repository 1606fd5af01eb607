import { beforeEach, describe, expect, test } from "vitest";
import { chainHarness } from "./chain-harness.ts";

const { roles, acme, newAccount, record, seal, verify, tamper, links, eventAt } = chainHarness();

describe("what somebody with the database did past the product is found", () => {
  beforeEach(async () => {
    await record(10);
    await seal();
  });

  test.each([
    ["who", "actor_name = 'Somebody else'"],
    ["what", "action = 'user.suspended'"],
    ["when", "at = at + interval '1 microsecond'"],
    ["on whom", "subject_id = uuid_v7()"],
    ["from where", "ip = '192.0.2.1'"],
    ["by which run", "run_id = uuid_v7()"],
    ["before and after", `details = details || '{"n": 99}'`],
    ["nothing in place of something", "subject_kind = null"],
  ])("a changed event: %s", async (_, change) => {
    await tamper(`update audit_events set ${change} where id = $1`, [await eventAt(6)]);
    expect(await verify()).toMatchObject({
      faults: 1,
      first: { position: 6, sentence: expect.stringContaining("changed") },
    });
  });

  test("a removed event", async () => {
    await tamper("delete from audit_events where id = $1", [await eventAt(6)]);
    expect(await verify()).toMatchObject({
      events: 11,
      faults: 1,
      first: { position: 6, sentence: "its event was removed" },
    });
  });

  test("an event put in that nothing seals", async () => {
    await tamper(
      `insert into audit_events (account_id, actor_kind, actor_name, action) values ($1, 'user', 'Ada', 'user.edited')`,
      [acme().id],
    );
    expect(await verify()).toMatchObject({
      waiting: 0,
      faults: 1,
      first: { position: null, sentence: expect.stringContaining("neither sealed nor waiting") },
    });
  });

  test("an event put in for the past, waiting or sealed by the worker since", async () => {
    await roles().sql`insert into audit_events (account_id, actor_kind, actor_name, action, at)
      values (${acme().id}, 'user', 'Ada', 'user.edited', now() - interval '2 hours')`;
    const late = {
      faults: 1,
      first: { sentence: expect.stringContaining("was not there when all was sealed") },
    };
    expect(await verify()).toMatchObject({ waiting: 1, ...late });
    await seal();
    expect(await verify()).toMatchObject({ waiting: 0, ...late, first: { position: 13 } });
  });

  test("an event that waited and was removed", async () => {
    await record(1);
    const [waiting] = await roles().sql`select event_id from audit_unsealed where account_id = ${acme().id}`;
    await tamper("delete from audit_events where id = $1", [waiting?.event_id]);
    await seal();
    expect(await verify()).toMatchObject({
      faults: 1,
      first: { position: null, eventId: waiting?.event_id, sentence: expect.stringContaining("waited") },
    });
  });
});

describe("so is what was done to the chain itself", () => {
  beforeEach(async () => {
    await record(10);
    await seal();
  });

  test("the tail of the chain cut off, also with its events where the head was noted", async () => {
    const { head } = await verify();
    const cut = await roles()
      .sql`select event_id from audit_chain where account_id = ${acme().id} and position > 9`;
    await tamper("delete from audit_chain where account_id = $1 and position > 9", [acme().id]);
    expect(await verify()).toMatchObject({
      sealed: 9,
      faults: 3,
      first: { sentence: expect.stringContaining("its link was cut off") },
    });
    await tamper("delete from audit_events where id = any ($1)", [cut.map((row) => row.event_id)]);
    expect(await verify()).toMatchObject({ faults: 0 });
    expect(await verify(head as NonNullable<typeof head>)).toMatchObject({
      faults: 1,
      first: { position: 12, sentence: "the link that was noted is not there" },
    });
  });

  test("links removed from the middle", async () => {
    await tamper("delete from audit_chain where account_id = $1 and position in (4, 5)", [acme().id]);
    expect(await verify()).toMatchObject({
      first: { position: 6, sentence: "the links at positions 4 to 5 were removed" },
    });
  });

  test("the first link removed", async () => {
    await tamper("delete from audit_chain where account_id = $1 and position = 1", [acme().id]);
    expect(await verify()).toMatchObject({
      first: { position: 2, sentence: "the link at position 1 was removed" },
    });
  });

  test("two events that changed places", async () => {
    const hash = (await links())[5]?.hash;
    const [five, six] = [await eventAt(5), await eventAt(6)];
    const put = "update audit_chain set event_id = $3 where account_id = $1 and position = $2";
    await tamper("delete from audit_chain where account_id = $1 and position = 6", [acme().id]);
    await tamper(put, [acme().id, 5, six]);
    await tamper(
      `insert into audit_chain select account_id, 6, $2, key_id, $3, sealed_at from audit_chain
       where account_id = $1 and position = 5`,
      [acme().id, five, hash],
    );
    expect(await verify()).toMatchObject({ faults: 2, first: { position: 5 } });
  });

  test("a link made anew without the key", async () => {
    await tamper(
      "update audit_chain set hash = encode(sha256(hash::bytea), 'hex') where account_id = $1 and position = 12",
      [acme().id],
    );
    expect(await verify()).toMatchObject({ faults: 1, first: { position: 12 } });
  });

  test("a sealed event marked as waiting once more, which keeps no other from being sealed", async () => {
    await tamper("insert into audit_unsealed (account_id, event_id) values ($1, $2)", [
      acme().id,
      await eventAt(3),
    ]);
    await record(1);
    await seal();
    expect(await verify()).toMatchObject({
      faults: 1,
      first: { sentence: expect.stringContaining("waiting again") },
    });
  });

  test("another account's chain is no answer", async () => {
    const other = await newAccount();
    await record(10, other);
    await seal();
    await tamper("delete from audit_chain where account_id = $1", [acme().id]);
    await tamper(`update audit_chain set account_id = $1 where account_id = $2`, [acme().id, other.id]);
    expect((await verify()).faults).toBeGreaterThan(0);
  });
});
