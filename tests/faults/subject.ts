import type { UserActor } from "#lib/authorization/actor.ts";
import type { TestAccount } from "#tests/support/make-account.ts";
import type { Roles } from "#tests/support/roles-of.ts";
import type { Provider } from "./provider.ts";

export type Setting = { roles: Roles; account: TestAccount; actor: UserActor; rows: number };

export type Ended = Pick<Setting, "rows"> & {
  sql: Roles["sql"];
  accountId: string;
  provider: Pick<Provider, "ledger">;
};

/** What is disturbed: a kind of run, asked for as an administrator does. */
export type Subject = {
  name: string;
  /** Makes what has to be there before. `runOnce` has an own worker bring a run to its end. */
  prepare: (
    setting: Setting,
    runOnce: (runId: string) => Promise<void>,
  ) => Promise<{ request: () => Promise<string>; close: () => Promise<void> }>;
  /** What is missing in the end, and what is there twice. */
  count: (ended: Ended, runId: string) => Promise<{ lost: number; duplicated: number }>;
};
