import { type SQL, sql } from "drizzle-orm";
import type { WorkedRun } from "#lib/runs/run-kind.ts";
import { verdictCases } from "#lib/runs/verdict-cases.ts";

/** Minutes in which an invitation is not mailed anew twice. */
const pauseMinutes = 10;

/** What is told of each verdict of `decide`; the reason may be a piece of SQL over the decided line `d`. */
const verdicts = {
  bad: ["failed", null],
  create: ["new", null],
  invite: ["new", "'Was known here and not invited; invited now.'"],
  renew: ["new", "'The last invitation had run out; invited again.'"],
  revive: ["new", "'Had been deleted here; added and invited again.'"],
  resend: ["updated", "'Was invited already; the invitation is mailed again.'"],
  too_soon: [
    "skipped",
    "'Already invited, and mailed again ' || d.minutes_ago || case d.minutes_ago when 1 then ' minute' else ' minutes' end || ' ago.'",
  ],
  already_invited: ["skipped", "'Already invited; no second mail.'"],
  already_user: ["skipped", "'Already a user.'"],
  suspended: ["failed", "'This person is suspended. Use Reactivate.'"],
  bounced: [
    "failed",
    "'Mails to this address bounced. Correct it, or allow mail again on the person''s page.'",
  ],
  complained: [
    "failed",
    "'This person marked a mail as spam, so that none goes there. Allow mail again on the person''s page if they want it.'",
  ],
} as const;

const told = verdictCases(verdicts);
export const outcomeOf: SQL = told.outcome;
export const reasonOf: SQL = sql`coalesce(d.problem, ${told.reason})`;

/** Of an open invitation `o`. */
export const minutesAgo: SQL = sql.raw("floor(extract(epoch from now() - o.resent_at) / 60)::int");

/** What becomes of a staged line `r`, by what the person `u`, their open invitation `o` and their address `s` are here. */
export const decide = (run: WorkedRun): SQL => sql`case
  when r.problem is not null then 'bad'
  when u.id is null then 'create'
  when u.status = 'deleted' then 'revive'
  when u.status = 'suspended' then 'suspended'
  when u.status in ('signed_up', 'active') then 'already_user'
  when o.id is not null and ${run.options.sendAgain !== true} then 'already_invited'
  when s.reason is not null then s.reason
  when u.status = 'not_invited' then 'invite'
  when o.id is null then 'renew'
  when o.resent_at > now() - interval '${sql.raw(String(pauseMinutes))} minutes' then 'too_soon'
  else 'resend' end`;
