import { sql } from "drizzle-orm";
import { accountLess } from "#lib/db/account-less.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { openSecret } from "./connection/secret.ts";

export type SsoConnection = {
  id: string;
  accountId: string;
  accountName: string;
  issuer: string;
  clientId: string;
  /** Null for a public client, which has PKCE alone. */
  clientSecret: string | null;
  groupsClaim: string;
};

type Row = Omit<SsoConnection, "clientSecret"> & { sealedSecret: string | null };

/** What signing in through a connection takes, its secret in plain; null when there is none of this id, or it is off. */
export async function findSsoConnection(connectionId: string): Promise<SsoConnection | null> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(connectionId)) return null;
  const [known] = await accountLess.ssoConnection(connectionId);
  if (!known) return null;
  const accountId = known.account_id;
  const [row] = await withAccount({ accountId }, (tx) =>
    tx.execute<Row>(sql`
      select c.id, c.account_id as "accountId", a.name as "accountName", c.issuer, c.client_id as "clientId",
        c.sealed_secret as "sealedSecret", c.groups_claim as "groupsClaim"
      from sso_connections c join accounts a on a.id = c.account_id where c.id = ${connectionId} and c.enabled`),
  );
  if (!row) return null;
  const { sealedSecret, ...connection } = row;
  return { ...connection, clientSecret: sealedSecret && openSecret(accountId, connectionId, sealedSecret) };
}
