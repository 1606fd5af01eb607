import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { lockSeats } from "./lock-seats.ts";
import { leaveSeats, takeSeats } from "./write-managed.ts";

type Reason = "gone" | "not_active" | "already" | "no_seat";
export type ManagedSet = { changed: string[]; refused: { userId: string; reason: Reason }[] };

/**
 * Makes a few people managed or unmanaged, in the caller's transaction: never over the account's seats, in the order given.
 * Writes the spans for the bill, and an audit event a person.
 */
export async function setManaged(
  tx: Transaction,
  actor: Actor,
  userIds: string[],
  managed: boolean,
  runId?: string,
): Promise<ManagedSet> {
  authorize(actor, "seats.take");
  const left = managed ? (await lockSeats(tx)).left : null;
  const { able, refused } = await judge(tx, userIds, managed);
  const seated = left === null ? able : able.slice(0, left);
  for (const userId of able.slice(seated.length)) refused.push({ userId, reason: "no_seat" });
  const people = sql`(select id as user_id, null::int as user_version from unnest(${sql.param(seated)}::uuid[]) id)`;
  const name = actor.kind === "user" ? actor.userName : actor.reason;
  const changed = managed ? await takeSeats(tx, people, { name, runId }) : await leaveSeats(tx, people);
  for (const userId of changed)
    await recordEvent(tx, actor, {
      action: managed ? "user.managed" : "user.unmanaged",
      subjectKind: "user",
      subjectId: userId,
      details: { before: { managed: managed ? "no" : "yes" }, after: { managed: managed ? "yes" : "no" } },
      ...(runId && { runId }),
    });
  return { changed, refused };
}

type Judged = { id: string; status: string; managed: boolean };

/** Holds the people's rows, so that what is judged here is what is written. */
async function judge(tx: Transaction, userIds: string[], managed: boolean) {
  const wanted = [...new Set(userIds)];
  const rows = await tx.execute<Judged>(sql`
    select id, status, managed from users where id = any (${sql.param(wanted)}::uuid[]) order by id for update`);
  const found = new Map([...rows].map((row) => [row.id, row]));
  const able: string[] = [];
  const refused: ManagedSet["refused"] = [];
  for (const userId of wanted) {
    const reason = inTheWay(found.get(userId), managed);
    if (reason) refused.push({ userId, reason });
    else able.push(userId);
  }
  return { able, refused };
}

function inTheWay(person: Judged | undefined, managed: boolean): Reason | null {
  if (!person || person.status === "deleted") return "gone";
  if (person.managed === managed) return "already";
  return managed && person.status !== "active" ? "not_active" : null;
}
