import { database } from "#lib/db/database.ts";
import type { Delivery, Transport } from "../transport/transport.ts";

/** At most this long before its slot a batch is claimed, read and rendered, so that its request leaves on time. */
export const headStartMs = 120;

/**
 * Takes the next sending slot of the row that all workers share, by the database's clock (generic cell rate algorithm,
 * without burst). Answers the milliseconds until it, or null, taking none, when it is further
 * away than `patienceMs`.
 */
export async function takeSlot(
  { provider, intervalMs }: Transport,
  patienceMs: number,
): Promise<number | null> {
  if (intervalMs === null) return 0;
  const { sql } = database();
  const ms = sql`interval '1 ms'`;
  const [slot] = await sql<{ wait_ms: number }[]>`
    insert into mail_throttle as t (provider, next_slot_at, interval_ms)
    values (${provider}, clock_timestamp() + ${intervalMs}::float8 * ${ms},
      ${intervalMs})
    on conflict (provider) do update set next_slot_at = t.interval_ms * ${ms}
      + greatest(t.next_slot_at, clock_timestamp())
      where t.next_slot_at <= clock_timestamp() + ${patienceMs}::float8 * ${ms}
    returning (extract(epoch from next_slot_at - interval_ms * ${ms} - clock_timestamp()) * 1000)::float8 as wait_ms`;
  return slot ? Math.max(0, slot.wait_ms) : null;
}

/** Milliseconds until the provider may be asked again. */
export async function slotWait({ provider }: Transport): Promise<number> {
  const [row] = await database().sql<{ wait_ms: number }[]>`
    select (extract(epoch from next_slot_at - clock_timestamp()) * 1000)::float8 as wait_ms
    from mail_throttle where provider = ${provider}`;
  return Math.max(0, row?.wait_ms ?? 0);
}

const shortest = 0.001;
const longest = 60_000;

/** Follows what the provider said about its rate, for all workers. */
export async function adaptPace(
  { provider }: Transport,
  { intervalMs, pauseMs = 0 }: Delivery,
): Promise<void> {
  const interval = intervalMs === undefined ? null : Math.min(Math.max(intervalMs, shortest), longest);
  await database().sql`
    update mail_throttle set interval_ms = coalesce(${interval}, interval_ms),
      next_slot_at = greatest(next_slot_at, clock_timestamp() + ${pauseMs}::float8 * interval '1 ms')
    where provider = ${provider}`;
}
