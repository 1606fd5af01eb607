import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { type Resealed, reseal } from "#lib/secrets/reseal.ts";
import { secretKeys } from "#lib/secrets/secret-keys.ts";
import { secretContext } from "./connection/secret.ts";

/** For the operator: the client secret of the account's connection, if it has one. */
export async function resealSsoSecret(accountId: string): Promise<Resealed> {
  const rows = await withAccount({ accountId }, (tx) =>
    tx.execute<{ id: string; sealed: string }>(
      sql`select id, sealed_secret as sealed from sso_connections where sealed_secret is not null`,
    ),
  );
  const values = [...rows].map((row) => ({ ...row, context: secretContext(accountId, row.id) }));
  return reseal(secretKeys(), values, (id, old, fresh) =>
    withAccount({ accountId }, async (tx) => {
      await tx.execute(
        sql`update sso_connections set sealed_secret = ${fresh} where id = ${id} and sealed_secret = ${old}`,
      );
    }),
  );
}
