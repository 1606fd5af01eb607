/**
 * The pages that an admin opens most, in an account of `--people` with `--events` written down, against the application's
 * own empty dynamic page: rounds of a spell each in turn, one web process, `--at-once` requests at a time. The bars: a page
 * with sign-in and layout answers at least 0.35 as many requests a second as the empty one, in at most 80 KB of HTML; a
 * page deep in a list takes at most 1.2 of the time of its first, a filter of the invitations at most 3 times as long as
 * their first page (p95). One JSON line; exits 1 past a bar.
 */
import { parseArgs } from "node:util";
import postgres from "postgres";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { startApp } from "#tests/support/app-under-test.ts";
import { makeAccount } from "#tests/support/make-account.ts";
import { sessionCookie } from "#tests/support/session-cookie.ts";
import { askFor, percentile, readPage, type Spell } from "./support/ask-pages.ts";
import { startBenchCluster } from "./support/bench-database.ts";
import { fillLargeAccount } from "./support/large-account.ts";
import { median } from "./support/median.ts";
import { round2 } from "./support/tell-pair.ts";

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "1000000" },
    people: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "4" },
    "at-once": { type: "string", default: "8" },
  },
});
const bars = { ofEmpty: 0.35, kilobytes: 80, deep: 1.2, filter: 3 };
/** Of the invitations: one that much matches for each way in which they are looked for. */
const filters = [
  "state=expired",
  "mail=sent",
  "mail=unknown",
  "source=invite",
  "department=Department+7",
  "search=first1",
  "chase=yes",
];
const [rounds, forMs, atOnce] = [
  Number(values.rounds),
  Number(values.seconds) * 1000,
  Number(values["at-once"]),
];

const cluster = await startBenchCluster();
const app = await startApp(cluster.info);
const book = postgres(app.database.superUrl, { max: 1, onnotice: () => {} });
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
  const account = await makeAccount(app.environment.ROLLCALL_TOKEN_KEY ?? "");
  await fillLargeAccount(book, account.id, { people: Number(values.people), events: Number(values.events) });
  const cookie = await sessionCookie(account, app.environment);
  const home = `/a/${account.slug}`;
  const [deep] = await book`select event_id from audit_chain where account_id = ${account.id}
    and position = ${Math.ceil(Number(values.events) / 10)}`;
  const [old] = await book`select id from invitations where account_id = ${account.id}
    order by id offset ${Math.ceil(Number(values.people) / 10)} limit 1`;
  const pages: Record<string, { path: string; cookie: string; holds: string }> = {
    empty: { path: "/empty", cookie: "", holds: "Empty</h1>" },
    "sign-in": { path: "/sign-in", cookie: "", holds: "Send the link" },
    overview: { path: home, cookie, holds: "Invitations by week" },
    users: { path: `${home}/users`, cookie, holds: "@bench.test" },
    audit: { path: `${home}/audit`, cookie, holds: "sealed, position" },
    "audit, deep": { path: `${home}/audit?after=${deep?.event_id}`, cookie, holds: "sealed, position" },
    "audit, filtered": {
      path: `${home}/audit?what=role.granted&from=2020-01-01`,
      cookie,
      holds: "Role given",
    },
    invitations: { path: `${home}/invitations`, cookie, holds: "@bench.test" },
    "invitations, deep": { path: `${home}/invitations?after=${old?.id}`, cookie, holds: "@bench.test" },
    ...Object.fromEntries(
      filters.map((query) => [
        `invitations?${query}`,
        { path: `${home}/invitations?${query}`, cookie, holds: "@bench.test" },
      ]),
    ),
  };
  const sizes = new Map<string, number>();
  for (const [name, page] of Object.entries(pages)) {
    const html = await readPage(app.url, page);
    if (!html.includes(page.holds)) throw new Error(`${name} does not hold "${page.holds}"`);
    sizes.set(name, Buffer.byteLength(html) / 1000);
    await askFor(app.url, page, forMs / 2, atOnce);
  }
  const spells = new Map<string, Spell[]>(Object.keys(pages).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const [name, page] of Object.entries(pages))
      spells.get(name)?.push(await askFor(app.url, page, forMs, atOnce));
  return tell(spells, sizes);
}

function tell(spells: Map<string, Spell[]>, sizes: Map<string, number>): boolean {
  const empty = (spells.get("empty") ?? []).map(({ perSecond }) => perSecond);
  const told = [...spells].map(([name, each]) => {
    const all = each.flatMap(({ ms }) => ms);
    const ratios = each.map(({ perSecond }, round) => perSecond / (empty[round] ?? Number.NaN));
    return {
      name,
      perSecond: Math.round(median(each.map(({ perSecond }) => perSecond))),
      p50: round2(percentile(all, 0.5)),
      p95: round2(percentile(all, 0.95)),
      ofEmpty: round2(median(ratios)),
      ratios: ratios.map(round2),
      kilobytes: round2(sizes.get(name) ?? Number.NaN),
    };
  });
  for (const { name, perSecond, p50, p95, ofEmpty, kilobytes } of told)
    console.log(
      `${name.padEnd(16)} ${perSecond}/s  p50 ${p50} ms  p95 ${p95} ms  ${ofEmpty} of the empty page  ${kilobytes} KB`,
    );
  const of = (name: string) => told.find((page) => page.name === name);
  const deeper = (name: string) =>
    round2((of(`${name}, deep`)?.p50 ?? Number.NaN) / (of(name)?.p50 ?? Number.NaN));
  const deep = [deeper("audit"), deeper("invitations")];
  const isFilter = (name: string) => name.startsWith("invitations?");
  const slowest = Math.max(...told.filter(({ name }) => isFilter(name)).map(({ p95 }) => p95));
  const filter = round2(slowest / (of("invitations")?.p95 ?? Number.NaN));
  const held =
    told.every(({ kilobytes }) => kilobytes <= bars.kilobytes) &&
    told.every(({ name, ofEmpty }) => isFilter(name) || ofEmpty >= bars.ofEmpty) &&
    deep.every((ratio) => ratio <= bars.deep) &&
    filter <= bars.filter;
  console.log(JSON.stringify({ bench: "pages", ...values, pages: told, deep, filter, bars, held }));
  return held;
}
