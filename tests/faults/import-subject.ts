import { acceptRoster } from "#lib/imports/accept-roster.ts";
import { requestImport } from "#lib/imports/request-import.ts";
import { rosterFile, seedKnown } from "./roster-file.ts";
import type { Subject } from "./subject.ts";

/** A file of people; it goes through the upload. */
export const importSubject: Subject = {
  name: "import",
  prepare: async ({ roles, account, actor, rows }) => {
    await seedKnown(roles.sql, account.id, rows, account.domain);
    return {
      request: () =>
        roles.as("app", async () => {
          const file = { fileName: "people.csv", bytes: rosterFile(rows, account.domain) };
          const upload = await acceptRoster(actor, file);
          if (!upload.ok) throw new Error(upload.sentence);
          const run = await requestImport(actor, { uploadId: upload.uploadId, mode: "apply" });
          if (!run.ok) throw new Error(run.reason);
          return run.runId;
        }),
      close: async () => {},
    };
  },
  count: async ({ sql, accountId, rows, provider }, runId) => {
    const [found] = await sql<
      Record<"entries" | "twice" | "missing_mails" | "twice_mailed" | "invited", number>[]
    >`
      select (select count(distinct position)::int from run_entries where run_id = ${runId}) as entries,
        (select count(*)::int - count(distinct email_norm)::int from users where account_id = ${accountId}) as twice,
        (select count(*)::int from invitations i where account_id = ${accountId}
          and not exists (select from emails m where m.account_id = i.account_id and m.subject_id = i.id)) as missing_mails,
        (select count(*)::int - count(distinct subject_id)::int from emails where account_id = ${accountId}) as twice_mailed,
        (select count(*)::int from invitations where account_id = ${accountId}) as invited`;
    if (!found) throw new Error("nothing to judge");
    const ledger = await provider.ledger();
    return {
      lost: rows - found.entries + found.missing_mails + (found.invited - ledger.recipients),
      duplicated: found.twice + found.twice_mailed + ledger.duplicates,
    };
  },
};
