import { acceptRoster } from "#lib/imports/accept-roster.ts";
import { requestImport } from "#lib/imports/request-import.ts";
import { rosterFile, seedKnown } from "./roster-file.ts";
import type { Counts, Scene, Stage, Tables, Trial } from "./trial.ts";

/** A file of people who are mostly new, through the upload. */
export const importTrial = (rows: number): Trial => ({
  name: `import of ${rows}`,
  rows,
  anew: ["planning", "applying"],
  spreadMs: 120,
  sameOfTwo: ["people", "invitations", "mails"],
  prepare: async (scene) => {
    await seedKnown(scene.roles.sql, scene.account.id, rows, scene.account.domain);
    const request = () => requestFile(scene, rows);
    return { request, requestSecond: request, count: (stage, runId) => count(stage, runId, rows) };
  },
  tables,
});

function requestFile({ roles, actor, account }: Scene, rows: number): Promise<string> {
  return roles.as("app", async () => {
    const file = { fileName: "people.csv", bytes: rosterFile(rows, account.domain) };
    const upload = await acceptRoster(actor, file);
    if (!upload.ok) throw new Error(upload.sentence);
    const run = await requestImport(actor, { uploadId: upload.uploadId, mode: "apply" });
    if (!run.ok) throw new Error(run.reason);
    return run.runId;
  });
}

async function tables({ sql, accountId }: Stage, runId: string): Promise<Tables> {
  const [row] = await sql<Tables[]>`
    select
      (select md5(string_agg(concat_ws('|', email_norm, first_name, last_name, title, department, status, version, source,
        managed, email_validation), E'\n' order by email_norm)) from users where account_id = ${accountId}) as people,
      (select md5(string_agg(concat_ws('|', email_norm, state, generation, source), E'\n' order by email_norm))
        from invitations where account_id = ${accountId}) as invitations,
      (select md5(string_agg(concat_ws('|', recipient, kind, state), E'\n' order by recipient))
        from emails where account_id = ${accountId}) as mails,
      (select md5(string_agg(concat_ws('|', position, line, email, asked, outcome, reason, raw), E'\n' order by position))
        from run_entries where run_id = ${runId}) as report,
      (select md5(string_agg(concat_ws('|', position, action, email, title, before), E'\n' order by position))
        from run_changes where run_id = ${runId}) as changes,
      (select concat_ws(' ', state, rows_read, created, updated, unchanged, skipped, failed) from runs where id = ${runId}) as run,
      (select concat_ws(' ', queued, sent, in_local_mailbox, failed, unknown, withdrawn) from run_mail_counts
        where run_id = ${runId}) as mail_counts,
      (select string_agg(concat_ws('-', details->>'from', details->>'to', details->>'changes'), ' ' order by id)
        from audit_events where run_id = ${runId} and action = 'run.range_applied') as ranges`;
  return row ?? {};
}

/** What is missing and what is there twice, by our rows and by the provider's own book. */
async function count({ sql, accountId, provider }: Stage, runId: string, rows: number): Promise<Counts> {
  const [found] = await sql<
    Record<"entries" | "twice" | "missing_mails" | "twice_mailed" | "invited" | "suspended", number>[]
  >`
    select (select count(distinct position)::int from run_entries where run_id = ${runId}) as entries,
      (select count(*)::int - count(distinct email_norm)::int from users where account_id = ${accountId}) as twice,
      (select count(*)::int from invitations i where account_id = ${accountId}
        and not exists (select from emails m where m.account_id = i.account_id and m.subject_id = i.id)) as missing_mails,
      (select count(*)::int - count(distinct subject_id)::int from emails where account_id = ${accountId}) as twice_mailed,
      (select count(*)::int from invitations where account_id = ${accountId}) as invited,
      (select count(*)::int from users where account_id = ${accountId} and status = 'suspended') as suspended`;
  if (!found) throw new Error("nothing to judge");
  const ledger = await provider.ledger();
  return {
    lost: rows - found.entries + found.missing_mails + (found.invited - ledger.recipients),
    duplicated: found.twice + found.twice_mailed + ledger.duplicates,
    suspended: found.suspended,
  };
}
