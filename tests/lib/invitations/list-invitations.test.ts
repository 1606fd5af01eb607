import { type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NotAllowed } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { listDepartments } from "#lib/invitations/list-departments.ts";
import { listInvitations } from "#lib/invitations/list-invitations.ts";
import { type InvitationsFilter, matchingInvitations } from "#lib/invitations/matching-invitations.ts";
import { readInvitationFunnel } from "#lib/invitations/read-invitation-funnel.ts";
import { openPeople, type People } from "../users/people.ts";

let people: People;
let run: string;

/** So many in each of two accounts; n counts from the newest on. The older half is of four days ago and more. */
const many = 8_000;

beforeAll(async () => {
  people = await openPeople();
  for (const account of [people.acme, people.other]) await fill(account.id);
  run = (
    await people.sql`select run_id from invitations where account_id = ${people.acme.id} and run_id is not null
    order by id desc limit 1`
  )[0]?.run_id;
});

afterAll(() => people.end());

async function fill(accountId: string): Promise<void> {
  await people.sql.begin(async (root) => {
    await root`create temporary table offers on commit drop as
      select n, at, uuid_v7_floor(at) as id, uuid_v7() as user_id, 'p' || n || '@x.test' as email,
        case when n % 2 = 0 then 'accepted' when n % 10 = 1 then 'expired' when n % 50 = 3 then 'revoked' else 'open' end as state
      from generate_series(1, ${many}::int) n, lateral (
        select now() - n * interval '1 minute' - case when n > ${many / 2}::int then interval '1 day' else '0' end) as t(at)`;
    await root`insert into users (account_id, id, email, first_name, last_name, department, source)
      select ${accountId}, user_id, email, 'First' || n, 'Last' || n, case when n % 4 = 1 then 'Sales' when n = 78 then 'Legal' end, 'import'
      from offers`;
    await root`insert into runs (account_id, id, kind, mode, state, requested_by_name)
      select ${accountId}, uuid_v7_floor(now() - r * interval '1 day'), 'import', 'apply', 'completed', 'Ada'
      from generate_series(1, 10) r`;
    await root`insert into invitations (account_id, id, user_id, email, source, run_id, state, opened_at, expires_at, created_at)
      select ${accountId}, o.id, user_id, email, case when n % 100 = 7 then 'invite' else 'import' end,
        case when n % 100 <> 7 then r.id end, state, case when n % 3 = 0 then at end,
        case when n % 1000 = 5 then now() - interval '1 s' else now() + interval '9 days' end, at
      from offers o join (select id, row_number() over () - 1 as nth from runs where account_id = ${accountId}) r on r.nth = n % 10`;
    await root`insert into emails (account_id, key, kind, recipient, subject_id, state, provider, delivered_at, bounced_at, waits_for)
      select ${accountId}, 'invitation:' || id || ':1', 'invitation', email, id,
        case when n < 100 then 'queued' when n % 2500 = 15 then 'unknown' else 'sent' end, 'resend',
        case when n >= 200 and n % 500 not in (9, 15) then at end, case when n >= 200 and n % 500 = 9 then at end,
        case when n < 10 then 'quiet_hours' end
      from offers`;
  });
  await people.sql`analyze`;
}

const list = (view: Parameters<typeof listInvitations>[1], by = people.owner) =>
  people.asApp(() => listInvitations(by, view));
/** What of 1 … many a filter is to find, the newest first. */
const expected = (is: (n: number) => boolean) => Array.from({ length: many }, (_, at) => at + 1).filter(is);
const numbers = (page: Awaited<ReturnType<typeof list>>) =>
  page.invitations.map(({ email }) => Number(email.slice(1, email.indexOf("@"))));

const isOpen = (n: number) => n % 2 === 1 && n % 10 !== 1 && n % 50 !== 3;
const ranOut = (n: number) => n % 1000 === 5;
const bounced = (n: number) => n >= 200 && n % 500 === 9;
const old = (n: number) => n > many / 2;

const filters: [string, InvitationsFilter, (n: number) => boolean][] = [
  ["none", {}, () => true],
  ["open", { state: "open" }, (n) => isOpen(n) && !ranOut(n)],
  ["accepted", { state: "accepted" }, (n) => n % 2 === 0],
  ["revoked", { state: "revoked" }, (n) => n % 2 === 1 && n % 10 !== 1 && n % 50 === 3],
  ["expired, marked or not", { state: "expired" }, (n) => n % 10 === 1 || (isOpen(n) && ranOut(n))],
  ["a mail not sent yet", { mail: "queued" }, (n) => n >= 10 && n < 100],
  ["a mail that waits", { mail: "waiting" }, (n) => n < 10],
  [
    "a mail sent and not delivered",
    { mail: "sent" },
    (n) => n >= 100 && (n < 200 || (n % 500 === 15 && n % 2500 !== 15)),
  ],
  ["a mail that bounced", { mail: "bounced" }, bounced],
  ["a mail nobody knows of", { mail: "unknown" }, (n) => n >= 100 && n % 2500 === 15],
  ["no mail that failed", { mail: "failed" }, () => false],
  ["one by one", { source: "invite" }, (n) => n % 100 === 7],
  ["a department", { department: "Sales" }, (n) => n % 4 === 1],
  ["a small department", { department: "Legal" }, (n) => n === 78],
  ["the beginning of an address", { search: "p799" }, (n) => String(n).startsWith("799")],
  ["a name", { search: "first7777 last7777" }, (n) => n === 7777],
  [
    "those to chase",
    { chase: true },
    (n) => isOpen(n) && !ranOut(n) && !bounced(n) && n % 2500 !== 15 && old(n),
  ],
  ["two things at once", { state: "open", mail: "bounced" }, (n) => isOpen(n) && bounced(n)],
];

describe.each(filters)("with the filter %s", (_, filter, is) => {
  test("those and no others are listed, forward and back, newest first", async () => {
    const wanted = expected(is);
    const first = await list(filter);
    // By people the newest person comes first, who was made last here.
    const order = filter.department || filter.search ? wanted.toReversed() : wanted;
    expect(numbers(first)).toEqual(order.slice(0, 50));
    expect(first.matching.count).toBe(
      Math.min(wanted.length, first.matching.capped ? first.matching.count : Infinity),
    );
    expect(first.matching.capped).toBe(wanted.length > first.matching.count);
    if (wanted.length <= 50) return expect(first.next).toBeNull();
    const second = await list({ ...filter, after: first.next as string });
    expect(numbers(second)).toEqual(order.slice(50, 100));
    const back = await list({ ...filter, before: second.previous as string });
    expect(numbers(back)).toEqual(order.slice(0, 50));
  });

  test("no page reads all there is", async () => {
    const { found, order } = matchingInvitations(filter, { accountId: people.acme.id, limit: 51 });
    const read = await rowsRead(sql`select i.* ${found} order by ${order("i")} limit 51`);
    expect(read).toBeLessThan(many / 2);
  });
});

/** Rows that a statement touches in tables, as the web's role, whether they were of use or not. */
const rowsRead = (statement: SQL): Promise<number> =>
  people.asApp(() =>
    withAccount(people.owner, async (tx) => {
      await tx.execute(
        sql`select set_config(name, 'off', true) from unnest(array['enable_sort', 'enable_bitmapscan']) name`,
      );
      const [row] = await tx.execute<{ "QUERY PLAN": [{ Plan: Node }] }>(
        sql`explain (analyze, format json) ${statement}`,
      );
      return rowsOf((row as { "QUERY PLAN": [{ Plan: Node }] })["QUERY PLAN"][0].Plan);
    }),
  );

type Node = Record<string, unknown> & { Plans?: Node[] };
const rowsOf = (node: Node): number => {
  const own = node["Relation Name"]
    ? (Number(node["Actual Rows"]) + Number(node["Rows Removed by Filter"] ?? 0)) *
      Number(node["Actual Loops"])
    : 0;
  return own + (node.Plans ?? []).reduce((sum, plan) => sum + rowsOf(plan), 0);
};

test("a run's invitations are its own, each with its latest mail", async () => {
  const page = await list({ run });
  expect(page.matching).toEqual({ count: many / 10, capped: false });
  expect(new Set(page.invitations.map((one) => one.runId))).toEqual(new Set([run]));
  const [last] = (await list({ mail: "bounced" })).invitations;
  expect(last).toMatchObject({ mail: "bounced", source: "import", name: "First509 Last509" });
});

test("a reminder that bounced counts, and not the invitation before it; nor what a resend left behind", async () => {
  const [one, two] = (await list({ state: "open", source: "invite" })).invitations;
  await people.sql`update invitations set reminded_at = now() where id = ${one?.id ?? null}`;
  await people.sql`insert into emails (account_id, key, kind, recipient, subject_id, state, provider, complained_at)
    values (${people.acme.id}, ${`reminder:${one?.id}:1`}, 'reminder', 'x', ${one?.id ?? null}, 'sent', 'resend', now())`;
  await people.sql`update emails set state = 'failed', delivered_at = null where subject_id in (${one?.id ?? null}, ${two?.id ?? null}) and kind = 'invitation'`;
  await people.sql`update invitations set generation = 2 where id = ${two?.id ?? null}`;
  expect((await list({ mail: "complained" })).invitations.map(({ id, mail }) => [id, mail])).toEqual([
    [one?.id, "complained"],
  ]);
  expect((await list({ mail: "failed" })).invitations).toEqual([]);
});

test.each(["%", "p_", "'", "\u0000", "x".repeat(5000)])("a search for %j harms nothing", async (search) => {
  expect((await list({ search })).invitations).toEqual([]);
});

test("a foreign account sees its own alone, and who may not, none", async () => {
  const mine = (await list({})).invitations.map(({ id }) => id);
  const theirs = await list({ after: mine[0] }, people.stranger);
  expect(theirs.matching.count).toBe(many);
  expect(await list({ run }, people.stranger)).toMatchObject({ invitations: [], matching: { count: 0 } });
  const poor = { ...people.owner, privileges: new Set<never>() };
  await expect(list({}, poor)).rejects.toBeInstanceOf(NotAllowed);
});

test("departments are named in their order, each once", async () => {
  expect(await people.asApp(() => listDepartments(people.owner))).toEqual(["Legal", "Sales"]);
});

describe("from invited to joined", () => {
  const funnel = (asked: Parameters<typeof readInvitationFunnel>[1]) =>
    people.asApp(() => readInvitationFunnel(people.owner, asked));
  const chased = filters.find(([name]) => name === "those to chase")?.[2] ?? (() => false);

  test("the whole is what the list counts", async () => {
    const { total, capped } = await funnel({});
    expect(capped).toBe(false);
    expect(total).toMatchObject({ invited: many, joined: many / 2, chase: expected(chased).length });
    const arrived = expected((n) => n % 2 === 0 || (n >= 200 && n % 500 !== 9 && n % 500 !== 15)).length;
    expect(total.delivered).toBe(arrived);
    expect(total.opened).toBe(expected((n) => n % 3 === 0 || n % 2 === 0).length);
  });

  test("by source, department and run the parts make up the whole", async () => {
    for (const by of ["source", "department", "run"] as const) {
      const { rows, total } = await funnel({ by });
      for (const step of ["invited", "delivered", "opened", "joined", "chase"] as const)
        expect([by, step, rows.reduce((sum, row) => sum + row[step], 0)]).toEqual([by, step, total[step]]);
    }
    const sales = (await funnel({ by: "department" })).rows.find(({ key }) => key === "Sales");
    expect(sales).toMatchObject({ invited: many / 4, joined: 0 });
  });

  test("of one run it is that run's", async () => {
    const { total } = await funnel({ run });
    const { matching } = await list({ run, chase: true });
    expect(total).toMatchObject({ invited: many / 10, chase: matching.count });
  });
});
