/**
 * `--people` who were invited by mail open the join page and press Join, all of them at once, against the production build
 * with one web process; beside them as many look twice at the application's own empty page. Rounds of both in turn after a
 * warm-up. Nothing may go wrong, and everybody who pressed is in: counted in the database before the clock is looked at.
 * One JSON line; exits 1 on an error.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { mintLinkToken } from "#lib/secrets/link-token.ts";
import { startApp } from "#tests/support/app-under-test.ts";
import { makeAccount, type TestAccount } from "#tests/support/make-account.ts";
import {
  type BareAnswer,
  bareRequest,
  hiddenFields,
  multipartBody,
  multipartType,
  pressOf,
} from "#tests/system/support/bare-post.ts";
import { percentile } from "./support/ask-pages.ts";
import { startBenchCluster } from "./support/bench-database.ts";
import { median } from "./support/median.ts";
import { round2 } from "./support/tell-pair.ts";

const { values } = parseArgs({
  options: { people: { type: "string", default: "200" }, rounds: { type: "string", default: "5" } },
});
const [people, rounds] = [Number(values.people), Number(values.rounds)];

type Times = { page: number; press: number };
/** `cpu`: what the web process took of the processor for each, in ms. */
type Spell = { empty: Times[]; join: Times[]; cpu: { empty: number; join: number } };

const cluster = await startBenchCluster();
const app = await startApp(cluster.info);
const book = postgres(app.database.superUrl, { max: 1, onnotice: () => {} });
const key = app.environment.ROLLCALL_TOKEN_KEY ?? "";
try {
  process.exitCode = (await measure()) ? 0 : 1;
} finally {
  await book.end();
  await closeDatabase();
  await app.stop();
  await cluster.stop();
}

async function measure(): Promise<boolean> {
  openDatabase(app.database.ownerUrl, { max: 2 });
  const account = await makeAccount(key);
  const errors: string[] = [];
  const spells: Spell[] = [];
  // The first round warms both up.
  for (let round = 0; round <= rounds; round += 1) {
    const paths = await invite(account, round);
    const began = webCpu();
    const empty = await atOnce(paths, errors, lookTwice);
    const between = webCpu();
    const joined = await atOnce(paths, errors, (path) => join(path, account));
    const cpu = { empty: (between - began) / people, join: (webCpu() - between) / people };
    errors.push(...(await whatIsMissing(account, round)));
    if (round > 0) spells.push({ empty, join: joined, cpu });
  }
  tell(spells, errors);
  return errors.length === 0;
}

/** Ticks of user and system, each a hundredth of a second (proc(5)); the name before them may hold blanks. */
function webCpu(): number {
  const after = readFileSync(`/proc/${app.webPid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(after[11]) + Number(after[12])) * 10;
}

async function invite(account: TestAccount, round: number): Promise<string[]> {
  const rows = await book`
    with invited as (insert into users (account_id, email, first_name, status, email_validation, source)
      select ${account.id}, 'r' || ${round}::int || '.' || n || '@' || ${account.domain}::text, 'Person', 'invited', 'pending', 'invite'
      from generate_series(1, ${people}::int) n returning account_id, id, email)
    insert into invitations (account_id, user_id, email, source, expires_at)
    select account_id, id, email, 'invite', now() + interval '14 days' from invited returning id`;
  return rows.map(({ id }) => `/join/${mintLinkToken(key, "join", id, "mail:1")}`);
}

async function atOnce(
  paths: string[],
  errors: string[],
  one: (path: string) => Promise<Times>,
): Promise<Times[]> {
  const ended = await Promise.allSettled(paths.map(one));
  for (const each of ended) if (each.status === "rejected") errors.push(String(each.reason));
  return ended.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
}

async function timed(
  asked: Parameters<typeof bareRequest>[1],
  status: number,
): Promise<[BareAnswer, number]> {
  const began = performance.now();
  const answer = await bareRequest(app.url, asked);
  const took = performance.now() - began;
  if (answer.status !== status) throw new Error(`${asked.path} answered ${answer.status}`);
  return [answer, took];
}

async function lookTwice(): Promise<Times> {
  const [, page] = await timed({ path: "/empty" }, 200);
  const [, press] = await timed({ path: "/empty" }, 200);
  return { page, press };
}

async function join(path: string, account: TestAccount): Promise<Times> {
  const [{ body: html }, page] = await timed({ path }, 200);
  const body = multipartBody({ ...hiddenFields(html, "Join"), press: pressOf(html), firstName: "Joined" });
  const headers = { origin: app.url, "content-type": multipartType };
  const [answer, press] = await timed({ method: "POST", path, headers, body }, 303);
  if (answer.location !== `/a/${account.slug}/me`) throw new Error(`Join led to ${answer.location}`);
  if (!answer.headers["set-cookie"]) throw new Error("Join gave no session");
  return { page, press };
}

async function whatIsMissing(account: TestAccount, round: number): Promise<string[]> {
  const all = (round + 1) * people;
  const [row] = await book`select
    (select count(*)::int from users where account_id = ${account.id} and status = 'active'
      and email_validation = 'validated' and first_name = 'Joined') as active,
    (select count(*)::int from invitations where account_id = ${account.id} and state = 'accepted') as accepted,
    (select count(*)::int from sessions where account_id = ${account.id} and method = 'invitation') as sessions,
    (select count(*)::int from audit_events where account_id = ${account.id} and action = 'user.joined') as joined`;
  return Object.entries(row ?? {}).flatMap(([name, n]) => (n === all ? [] : [`${name}: ${n} of ${all}`]));
}

function tell(spells: Spell[], errors: string[]): void {
  const of = (kind: "empty" | "join", ms: (times: Times) => number, share: number) =>
    round2(median(spells.map((spell) => percentile(spell[kind].map(ms), share))));
  const told = Object.fromEntries(
    (
      [
        ["page", ({ page }: Times) => page],
        ["press", ({ press }: Times) => press],
        ["both", ({ page, press }: Times) => page + press],
      ] as const
    ).map(([name, ms]) => [
      name,
      {
        p50: of("join", ms, 0.5),
        p95: of("join", ms, 0.95),
        emptyP50: of("empty", ms, 0.5),
        emptyP95: of("empty", ms, 0.95),
        p95OfEmpty: round2(
          median(
            spells.map(({ empty, join }) => percentile(join.map(ms), 0.95) / percentile(empty.map(ms), 0.95)),
          ),
        ),
      },
    ]),
  );
  for (const [name, { p50, p95, emptyP95, p95OfEmpty }] of Object.entries(told))
    console.log(
      `${name.padEnd(6)} p50 ${p50} ms  p95 ${p95} ms  empty page's p95 ${emptyP95} ms  ${p95OfEmpty} of it`,
    );
  const cpu = {
    join: round2(median(spells.map(({ cpu }) => cpu.join))),
    empty: round2(median(spells.map(({ cpu }) => cpu.empty))),
  };
  console.log(
    `the web process took ${cpu.join} ms of processor a person, ${cpu.empty} ms for two empty pages`,
  );
  for (const error of errors.slice(0, 10)) console.log(error);
  console.log(JSON.stringify({ bench: "join", people, rounds, errors: errors.length, ...told, cpu }));
}
