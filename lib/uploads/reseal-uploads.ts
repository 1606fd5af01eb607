import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { type Resealed, reseal } from "#lib/secrets/reseal.ts";
import { secretKeys } from "#lib/secrets/secret-keys.ts";
import { keyContext } from "./pieces/piece.ts";

/** For the operator: the keys of files that are still here. Of a file that was read no piece is left to be opened. */
export async function resealUploads(accountId: string): Promise<Resealed> {
  const uploads = await withAccount({ accountId }, (tx) =>
    tx.execute<{ id: string; sealed: string }>(
      sql`select id, sealed_key as sealed from uploads where state <> 'read' order by id`,
    ),
  );
  const values = [...uploads].map((upload) => ({ ...upload, context: keyContext(accountId, upload.id) }));
  return reseal(secretKeys(), values, (id, old, fresh) =>
    withAccount({ accountId }, async (tx) => {
      await tx.execute(
        sql`update uploads set sealed_key = ${fresh} where id = ${id} and sealed_key = ${old}`,
      );
    }),
  );
}
