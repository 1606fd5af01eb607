import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { type Matching, matchingCap, matchingOf, pageOf } from "#lib/db/keyset.ts";
import { withAccount } from "#lib/db/with-account.ts";

export type UnknownMail = {
  id: string;
  kind: string;
  recipient: string;
  at: Date;
  error: string | null;
};

type View = { after?: string | undefined; before?: string | undefined };
type Listed = { mails: UnknownMail[]; previous: string | null; next: string | null; matching: Matching };

const size = 50;

/** Mails whose answer was lost and that cannot be sent again without maybe arriving twice; the oldest first. */
export async function listUnknownMails(actor: Actor, view: View = {}): Promise<Listed> {
  authorize(actor, "mails.decide");
  const { accountId } = actor;
  const back = view.before !== undefined;
  const cursor = view.before
    ? sql`and id < ${view.before}`
    : view.after
      ? sql`and id > ${view.after}`
      : sql``;
  return withAccount(actor, async (tx) => {
    const rows = await tx.execute<
      Record<"id" | "kind" | "recipient" | "at", string> & { error: string | null }
    >(sql`
      select id, kind, recipient, coalesce(first_attempt_at, created_at) as at, error from emails
      where account_id = ${accountId} and state = 'unknown' ${cursor}
      order by id ${back ? sql`desc` : sql`asc`} limit ${size + 1}`);
    const [counted] = await tx.execute<{ n: number }>(sql`
      select count(*)::int as n from (select from emails
        where account_id = ${accountId} and state = 'unknown' limit ${matchingCap + 1}) counted`);
    const page = pageOf([...rows], size, view, ({ id }) => id);
    const mails = page.rows.map((mail) => ({ ...mail, at: new Date(mail.at) }));
    return { mails, previous: page.previous, next: page.next, matching: matchingOf(counted?.n ?? 0) };
  });
}
