import { setTimeout as sleep } from "node:timers/promises";
import { database } from "#lib/db/database.ts";
import type { Transport } from "../transport/transport.ts";

/** `leftAt`: by the database's clock; `askedAt`: not later than that, by performance.now(). */
type Turn = { leftAt: string; askedAt: number };

/** Requests closer together than this are so many that a late one makes no difference. */
const smallestSpacingMs = 50;
const remembered = 20;
/** Of the slots' spacing: what was late once catches up, and yet no second holds one too many. */
const tightest = 0.995;

/** Whether requests are so far apart that they must keep to their turn. `intervalMs`: what the provider told last. */
export const isPaced = (transport: Transport, intervalMs?: number): boolean =>
  transport.intervalMs !== null && (intervalMs ?? transport.intervalMs) >= smallestSpacingMs;

/**
 * Slots are evenly spaced, but a request that leaves late, on a busy machine, comes close to those behind it, and a window
 * that slides would then hold one too many. So as many as fit into a second also take their full time from the first
 * to the one after the last, by when they really left. Waits until that is so, while `isFresh`; answers when it leaves.
 */
export async function awaitTurn({ provider }: Transport, isFresh: () => boolean): Promise<Turn | null> {
  const { sql } = database();
  const perWindow = sql`greatest(1, floor(1020 / interval_ms))::int`;
  const free = sql`recent[${perWindow}] + ${perWindow} * interval_ms * ${tightest}::float8 * interval '1 ms'`;
  while (isFresh()) {
    const askedAt = performance.now();
    const [turn] = await sql<{ left_at: string }[]>`
      update mail_throttle set recent = (array_prepend(clock_timestamp(), recent))[1:${remembered}::int]
      where provider = ${provider} and coalesce(${free} <= clock_timestamp(), true)
      returning recent[1]::text as left_at`;
    if (turn) return { leftAt: turn.left_at, askedAt };
    const [row] = await sql<{ wait_ms: number | null }[]>`
      select (extract(epoch from ${free} - clock_timestamp()) * 1000)::float8 as wait_ms
      from mail_throttle where provider = ${provider}`;
    if (row?.wait_ms == null) return null;
    await sleep(Math.max(0, row.wait_ms));
  }
  return null;
}

const latest: number[] = [];
/** The first of a process are slow: connections and code are new. */
const unusual = 3;
const mostLateMs = { unusual: 1000, usual: 100 };
const leastLateMs = 2;

/**
 * An answer that came later than usual: the request may have arrived so much later than it left, and the one that takes
 * its place in the window must leave later as well. The way from the database counts, for that is where the turn was
 * given. Of a process's first requests all of the time may be lateness.
 */
export async function noteAnswer({ provider }: Transport, { leftAt, askedAt }: Turn): Promise<void> {
  const tookMs = performance.now() - askedAt;
  const lateMs =
    latest.length < unusual
      ? Math.min(tookMs, mostLateMs.unusual)
      : Math.min(tookMs - Math.min(...latest), mostLateMs.usual);
  latest.push(tookMs);
  if (latest.length > 9) latest.shift();
  if (lateMs < leastLateMs) return;
  await database().sql`
    update mail_throttle
    set recent = array_replace(recent, ${leftAt}::timestamptz, ${leftAt}::timestamptz + ${lateMs}::float8 * interval '1 ms')
    where provider = ${provider}`;
}
