import { type SQL, sql } from "drizzle-orm";

export type Outcome =
  | "new"
  | "updated"
  | "deleted"
  | "activated"
  | "unchanged"
  | "skipped"
  | "failed"
  | "waiting"
  | "not_done";

export const outcomes: readonly Outcome[] = [
  "new",
  "updated",
  "deleted",
  "activated",
  "unchanged",
  "skipped",
  "failed",
  "waiting",
  "not_done",
];

/** An entry behind the last applied one of a run that was cut short was planned, but not done. */
export const outcomeShown: SQL = sql.raw(
  `case when r.state in ('cancelled', 'failed') and e.position > r.applied_to and e.outcome not in ('failed', 'skipped', 'unchanged')
    then 'not_done' else e.outcome end`,
);

export const reasonShown: SQL = sql.raw(
  `case when r.state in ('cancelled', 'failed') and e.position > r.applied_to and e.outcome not in ('failed', 'skipped', 'unchanged')
    then 'The run ended before this line. Nothing was changed.' else e.reason end`,
);

/**
 * The state of the mail that this line caused, if any. The fence (offset 0) makes the key a plain column: under
 * row-level security only such a comparison may go into the index, else every line reads all mails of the account.
 */
export const mailShown: SQL = sql`(select m.standing from (
  select c.account_id, case c.action when 'restore' then 'account_activated:' || c.user_id || ':' || c.run_id
    else 'invitation:' || c.invitation_id || ':' || case c.action when 'resend' then (c.before->>'generation')::int + 1 else 1 end
    end as key from run_changes c
  where c.account_id = e.account_id and c.run_id = e.run_id and c.position = e.position
    and (c.action = 'restore' or (c.invitation_id is not null and c.action <> 'suspend'))
  offset 0) letter join emails m on m.account_id = letter.account_id and m.key = letter.key)`;

export const entryOutcome = (outcome: Outcome | undefined): SQL => {
  if (!outcome) return sql`true`;
  if (outcome === "failed" || outcome === "skipped" || outcome === "waiting")
    return sql`e.outcome = ${outcome}`;
  return sql`${outcomeShown} = ${outcome}`;
};
