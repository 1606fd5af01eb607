import { type SQL, sql } from "drizzle-orm";

/** The one word for the outbox row `alias` (a MailFate): what came last tells most, in whatever order it was told. */
export const mailFate = (alias: string): SQL =>
  sql.raw(
    `case when ${alias}.complained_at is not null then 'complained' when ${alias}.bounced_at is not null then 'bounced'
      when ${alias}.delivered_at is not null then 'delivered' else ${alias}.state end`,
  );

/** When that became so. */
export const mailFateAt = (alias: string): SQL =>
  sql.raw(
    `coalesce(${alias}.complained_at, ${alias}.bounced_at, ${alias}.delivered_at, ${alias}.sent_at, ${alias}.created_at)`,
  );
