import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import type { Visitor } from "./visitor.ts";

type Start = {
  accountId: string;
  userId: string;
  /** `connectionId` where it comes through single sign-on. */
  way: { method: "email_link" | "operator_link" | "invitation" } | { method: "sso"; connectionId: string };
  visitor: Visitor;
};

export type StartedSession = { sessionId: string; accountSlug: string };

const sessionHours = 12;
const longestUserAgent = 300;

/** Of a person whose proof the caller has checked, in the transaction that used it up. */
export async function startSession(tx: Transaction, start: Start): Promise<StartedSession> {
  const { accountId, userId, way, visitor } = start;
  const connectionId = way.method === "sso" ? way.connectionId : null;
  const userAgent = visitor.userAgent?.slice(0, longestUserAgent) ?? null;
  const [session] = await tx.execute<{ id: string; slug: string; name: string }>(sql`
    insert into sessions (account_id, user_id, method, connection_id, ip, user_agent, expires_at)
    values (${accountId}, ${userId}, ${way.method}, ${connectionId}, ${visitor.ip}, ${userAgent},
      now() + make_interval(hours => ${sessionHours}))
    returning id, (select slug from accounts where id = account_id) as slug,
      (select coalesce(nullif(concat_ws(' ', first_name, last_name), ''), email, '') from users u
        where u.account_id = sessions.account_id and u.id = user_id) as name`);
  await recordEvent(
    tx,
    { kind: "user", accountId, userId, userName: session?.name as string, ip: visitor.ip },
    { action: "session.started", subjectKind: "user", subjectId: userId, details: { method: way.method } },
  );
  return { sessionId: session?.id as string, accountSlug: session?.slug as string };
}
