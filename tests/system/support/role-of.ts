import { sql } from "drizzle-orm";
import type { Privilege } from "#lib/authorization/permissions.ts";
import { withAccount } from "#lib/db/with-account.ts";
import type { TestAccount } from "#tests/support/make-account.ts";

/** Gives somebody a role of their own that holds just this. */
export const roleOf = (account: TestAccount, userId: string, privileges: Privilege[]) =>
  withAccount({ accountId: account.id }, (tx) =>
    tx.execute(sql`
      with role as (insert into roles (account_id, kind, name, privileges)
        values (${account.id}, 'custom', ${`Role of ${userId}`}, ${sql.param(privileges)}::text[]) returning id)
      insert into role_grants (account_id, role_id, user_id) select ${account.id}, id, ${userId} from role`),
  );
