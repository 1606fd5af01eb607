import { sql } from "drizzle-orm";
import { askPrepared } from "./ask-prepared.ts";
import { database } from "./database.ts";
import { withoutValues } from "./without-values.ts";

/** Arrays of equal length, a mail each; `waitMs` until a queued one is due or a sending one may be taken again. */
type SettledEmails = {
  accountIds: string[];
  ids: string[];
  states: string[];
  providerIds: (string | null)[];
  errors: (string | null)[];
  waitMs: (number | null)[];
};

/** `dailyCap`: of accounts that have none of their own; null: nobody has any. */
type EmailClaim = {
  limit: number;
  lease: string;
  leaseSeconds: number;
  provider: string;
  dailyCap: number | null;
};

/**
 * All that may be asked before an account is known; each is a SECURITY DEFINER function that returns
 * ids and account ids only.
 */
export const accountLess = {
  accountBySlug: (slug: string) =>
    ids<{ account_id: string }>(sql`select * from gate_account_by_slug(${slug})`),
  accounts: () => ids<{ account_id: string }>(sql`select * from gate_accounts()`),
  sessionAccounts: (sessionIds: string[]) =>
    ids<{ session_id: string; account_id: string }>(
      sql`select * from gate_session_accounts(${sql.param(sessionIds)}::uuid[])`,
    ),
  ssoForDomain: (domain: string) =>
    ids<{ account_id: string; connection_id: string }>(sql`select * from gate_sso_for_domain(${domain})`),
  ssoConnection: (connectionId: string) =>
    ids<{ account_id: string }>(sql`select * from gate_sso_connection(${connectionId})`),
  invitationAccount: (invitationId: string) =>
    ids<{ account_id: string }>(sql`select * from gate_invitation_account(${invitationId})`),
  /** Of a suspended account too. */
  decliningAccount: (invitationId: string) =>
    ids<{ account_id: string }>(sql`select * from gate_declining_account(${invitationId})`),
  addressProofAccount: (proofId: string) =>
    ids<{ account_id: string }>(sql`select * from gate_address_proof_account(${proofId})`),
  invitedCandidates: (email: string) =>
    ids<{ account_id: string; user_id: string }>(sql`select * from gate_invited_candidates(${email})`),
  unsealedAccounts: () => ids<{ account_id: string }>(sql`select * from gate_unsealed_accounts()`),
  signInTokenAccount: (tokenId: string) =>
    ids<{ account_id: string }>(sql`select * from gate_sign_in_token_account(${tokenId})`),
  signInCandidates: (email: string) =>
    ids<{ account_id: string; user_id: string }>(sql`select * from gate_sign_in_candidates(${email})`),
  orphanedRuns: (idleSeconds: number) =>
    ids<{ account_id: string; run_id: string }>(sql`select * from gate_orphaned_runs(${idleSeconds})`),
  untidiedRuns: () => ids<{ account_id: string; run_id: string }>(sql`select * from gate_untidied_runs()`),
  abandonedUploads: () =>
    ids<{ account_id: string; upload_id: string }>(sql`select * from gate_abandoned_uploads()`),
  localMailbox: (before: string | null, limit: number) =>
    ids<{ account_id: string; email_id: string }>(sql`select * from gate_local_mailbox(${before}, ${limit})`),
  claimEmails: (claim: EmailClaim) =>
    ids<{ account_id: string; id: string; batch_id: string | null; retaken: boolean; held: boolean }>(
      sql`select * from claim_emails(${claim.limit}, ${claim.lease}, ${claim.leaseSeconds}, ${claim.provider}, ${claim.dailyCap})`,
    ),
  settleEmails: (lease: string, outcomes: SettledEmails) =>
    ids<{ settled: number }>(sql`select count(*)::int as settled from settle_emails(${lease},
      ${sql.param(outcomes.accountIds)}::uuid[], ${sql.param(outcomes.ids)}::uuid[], ${sql.param(outcomes.states)}::text[], ${sql.param(outcomes.providerIds)}::text[],
      ${sql.param(outcomes.errors)}::text[], ${sql.param(outcomes.waitMs)}::int[])`),
  nextMailDue: () => ids<{ due: string | null }>(sql`select * from next_mail_due()`),
  analyzeBulkTables: (stagingOnly: boolean) => ids(sql`select analyze_bulk_tables(${stagingOnly})`),
  unreleasedMails: () => ids<{ account_id: string }>(sql`select * from gate_unreleased_mails()`),
  dueInvitations: () => ids<{ account_id: string }>(sql`select * from gate_due_invitations()`),
  dueSyncs: (holdHours: number) =>
    ids<{ account_id: string }>(sql`select * from gate_due_syncs(${holdHours})`),
  syncPlace: (runId: string) =>
    ids<{ ahead: number; people: string }>(sql`select * from gate_sync_place(${runId})`),
  dueDeletions: () => ids<{ account_id: string }>(sql`select * from gate_due_deletions()`),
  dropRunPartitions: (keepMonths: number) => ids(sql`select drop_run_partitions(${keepMonths})`),
  ensureRunPartitions: (monthsAhead: number) => ids(sql`select ensure_run_partitions(${monthsAhead})`),
};

async function ids<Row extends Record<string, unknown>>(query: ReturnType<typeof sql>): Promise<Row[]> {
  try {
    return await askPrepared<Row>(database().sql, query);
  } catch (error) {
    throw withoutValues(error);
  }
}
