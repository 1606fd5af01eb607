import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { type Resealed, reseal } from "#lib/secrets/reseal.ts";
import { secretKeys } from "#lib/secrets/secret-keys.ts";
import { passwordContext } from "./connection/secret.ts";

/** For the operator: the password of the account's directory, if it has one. */
export async function resealDirectoryPassword(accountId: string): Promise<Resealed> {
  const rows = await withAccount({ accountId }, (tx) =>
    tx.execute<{ id: string; sealed: string }>(
      sql`select id, sealed_password as sealed from directories where sealed_password is not null`,
    ),
  );
  const values = [...rows].map((row) => ({ ...row, context: passwordContext(accountId, row.id) }));
  return reseal(secretKeys(), values, (id, old, fresh) =>
    withAccount({ accountId }, async (tx) => {
      await tx.execute(
        sql`update directories set sealed_password = ${fresh} where id = ${id} and sealed_password = ${old}`,
      );
    }),
  );
}
