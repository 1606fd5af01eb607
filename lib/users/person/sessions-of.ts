import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import type { SessionView } from "../session-view.ts";

const mostSessions = 50;

type Row = {
  id: string;
  method: SessionView["method"];
  created_at: string;
  last_seen_at: string;
  ended_at: string | null;
  ip: string | null;
  user_agent: string | null;
};

/** Those that last first, each kind the latest first; `lasting`: these alone. */
export async function sessionsOf(tx: Transaction, userId: string, lasting = false): Promise<SessionView[]> {
  const rows = await tx.execute<Row>(sql`
    select id, method, created_at, last_seen_at, ip, user_agent,
      coalesce(ended_at, case when expires_at <= now() then expires_at end) as ended_at
    from sessions where user_id = ${userId} and (not ${lasting} or (ended_at is null and expires_at > now()))
    order by (ended_at is null and expires_at > now()) desc, id desc limit ${mostSessions}`);
  return [...rows].map((row) => ({
    id: row.id,
    method: row.method,
    startedAt: new Date(row.created_at),
    lastSeenAt: new Date(row.last_seen_at),
    endedAt: row.ended_at === null ? null : new Date(row.ended_at),
    ip: row.ip,
    userAgent: row.user_agent,
  }));
}
