import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { instantText, type Sealable, sealable } from "./link-hash.ts";

/** A link as it is stored; `event` null: the event is gone. */
export type StoredLink = {
  position: number;
  eventId: string;
  keyId: string;
  hash: string;
  sealedAt: string;
  event: Sealable | null;
};

type Row = Sealable & {
  position: string;
  event_id: string;
  key_id: string;
  hash: string;
  sealed_at: string;
};

const pageSize = 2_000;

/** The chain from its first link on, a page in memory at a time. */
export async function* readLinks(accountId: string): AsyncGenerator<StoredLink> {
  let after = "-1";
  for (;;) {
    const rows = await withAccount({ accountId }, (tx) =>
      tx.execute<Row>(sql`
        select c.position, c.event_id, c.key_id, c.hash, ${instantText(sql`c.sealed_at`)} as sealed_at, ${sealable}
        from (select * from audit_chain where account_id = ${accountId} and position > ${after}::bigint
          order by position limit ${pageSize}) c
        left join audit_events e on e.account_id = c.account_id and e.id = c.event_id
        order by c.position`),
    );
    for (const row of rows) yield toLink(row);
    after = rows.at(-1)?.position ?? after;
    if (rows.length < pageSize) return;
  }
}

const toLink = (row: Row): StoredLink => ({
  position: Number(row.position),
  eventId: row.event_id,
  keyId: row.key_id,
  hash: row.hash,
  sealedAt: row.sealed_at,
  event: row.id === null ? null : row,
});
