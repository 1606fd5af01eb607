import { type SQL, sql } from "drizzle-orm";
import type { WorkedRun } from "#lib/runs/run-kind.ts";

/** What is told of addresses that no invitation goes to. */
export const noMailTo = {
  foreign_domain: ["failed", "'The address is not in a verified domain of this account.'"],
  bounced: ["failed", "'The address bounced: mend it, or allow mail to it again on the person''s page.'"],
  complained: ["failed", "'The person complained of our mail: nothing more is sent to them.'"],
} as const;

/** Whether an address, in lower case, is in a verified domain of the account. */
export const isDomainOurs = (emailNorm: string, { accountId }: WorkedRun): SQL => sql`(
  split_part(${sql.raw(emailNorm)}, '@', 2) = any (array(select domain from account_domains
    where account_id = ${accountId} and verified_at is not null)))`;
