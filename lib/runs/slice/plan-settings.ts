import { type SQL, sql } from "drizzle-orm";

/** What a plan rests on besides the people: under other domains, clear word or bound it would be another plan. */
export const planSettings: SQL = sql.raw(`(select md5(concat_ws('|', a.clear_word, a.removal_percent,
  (select string_agg(d.domain, ',' order by d.domain) from account_domains d where d.verified_at is not null)))
  from accounts a)`);
