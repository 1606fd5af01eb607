import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { isId } from "#lib/db/is-id.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import type { ListedInvitation } from "./list-invitations.ts";
import { type MailRow, type Step, stepsOf } from "./timeline/steps-of.ts";
import { seesInvitations } from "./who-sees-invitations.ts";

export type { Step } from "./timeline/steps-of.ts";

export type InvitationView = Omit<ListedInvitation, "mailNotBefore"> & {
  status: string | null;
  openedAt: Date | null;
  endedAt: Date | null;
  message: string | null;
  language: string;
  remindersStoppedAt: Date | null;
  /** Why no mail goes to the address. */
  suppressed: "bounced" | "complained" | null;
  /** The person has another address by now. */
  isAddressKept: boolean;
  /** In the order in which it happened; what is still to come at the end. */
  steps: Step[];
};

/** One invitation with all that became of it; null where there is none. */
export async function findInvitation(actor: Actor, id: string): Promise<InvitationView | null> {
  authorize(actor, seesInvitations);
  if (!isId(id)) return null;
  return withAccount(actor, async (tx) => {
    const [row] = await tx.execute<Row>(sql`
      select i.*, u.id as person, u.status as status_now, coalesce(u.email_norm = i.email_norm, false) as is_address_kept,
        nullif(concat_ws(' ', u.first_name, u.last_name), '') as name,
        coalesce(nullif(concat_ws(' ', b.first_name, b.last_name), ''), b.email) as inviter,
        (select reason from suppressed_addresses s where s.email_norm = i.email_norm) as suppressed,
        case when i.state = 'open' and i.expires_at <= now() then 'expired' else i.state end as state_now
      from invitations i
      left join users u on u.account_id = i.account_id and u.id = i.user_id
      left join users b on b.account_id = i.account_id and b.id = i.invited_by
      where i.account_id = ${actor.accountId} and i.id = ${id}`);
    if (!row) return null;
    const mails = await mailsOf(tx, row);
    return toView(row, mails);
  });
}

type Row = Record<"id" | "email" | "source" | "created_at" | "expires_at" | "language", string> &
  Record<
    | "person"
    | "name"
    | "status_now"
    | "inviter"
    | "run_id"
    | "opened_at"
    | "ended_at"
    | "resent_at"
    | "message"
    | "reminders_stopped_at",
    string | null
  > & {
    generation: number;
    is_address_kept: boolean;
    suppressed: InvitationView["suppressed"];
    state_now: InvitationView["state"];
  };

function mailsOf(tx: Transaction, { id, generation }: Row) {
  const keys = Array.from({ length: generation }, (_, at) => [
    `invitation:${id}:${at + 1}`,
    `reminder:${id}:${at + 1}`,
  ]).flat();
  return tx.execute<MailRow>(sql`
    select m.kind, m.generation, m.state, m.standing, m.provider, m.error, m.created_at, m.sent_at, m.first_attempt_at,
      m.delivered_at, m.bounced_at, m.complained_at, m.waits_for, m.next_attempt_at,
      (select e.detail from mail_events e where e.email_id = m.id and e.kind = 'bounced' order by e.at limit 1) as bounce
    from emails m where m.key = any (${sql.param(keys)}::text[]) order by m.id`);
}

const at = (instant: string | null): Date | null => (instant === null ? null : new Date(instant));

function toView(row: Row, mails: Iterable<MailRow>): InvitationView {
  const all = [...mails];
  const dates = {
    createdAt: new Date(row.created_at),
    openedAt: at(row.opened_at),
    endedAt: at(row.ended_at),
    expiresAt: new Date(row.expires_at),
  };
  const latest = all.findLast((mail) => mail.kind === "invitation" || mail.standing !== "withdrawn");
  return {
    ...dates,
    id: row.id,
    email: row.email,
    name: row.name,
    userId: row.person,
    state: row.state_now,
    mail: latest?.standing ?? null,
    source: row.source,
    runId: row.run_id,
    invitedBy: row.inviter,
    resentAt: at(row.resent_at),
    status: row.status_now,
    message: row.message,
    language: row.language,
    remindersStoppedAt: at(row.reminders_stopped_at),
    suppressed: row.suppressed,
    isAddressKept: row.is_address_kept,
    steps: stepsOf({ ...dates, state: row.state_now }, all),
  };
}
