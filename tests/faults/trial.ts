import type { UserActor } from "#lib/authorization/actor.ts";
import type { TestAccount } from "#tests/support/make-account.ts";
import type { Roles } from "#tests/support/roles-of.ts";
import type { Provider } from "./provider.ts";

export type Phase = "reading" | "planning" | "applying" | "sending";

/** What is left in the end, without ids and times: the same after every scenario. */
export type Tables = Record<string, string | number>;

/** `suspended`: people who should not be. */
export type Counts = { lost: number; duplicated: number; suspended: number };

export type Scene = { roles: Roles; account: TestAccount; actor: UserActor; startWorker: () => Worker };

export type Requests = {
  /** Asks for the run as an administrator does. Returns its id. */
  request: () => Promise<string>;
  /** One more that wants the same done while the first is under way. */
  requestSecond: () => Promise<string>;
  close?: () => Promise<void>;
};

/** What is disturbed: a kind of run over so many people, and what must come of it. */
export type Trial = {
  name: string;
  rows: number;
  /** Phases that begin anew when they are broken off: what was done before does not show. */
  anew: Phase[];
  /** Milliseconds within which a phase is broken off at random; a phase that is over before is not hit. */
  spreadMs: number;
  /** Tables that are the same where two runs have come to the same. */
  sameOfTwo: string[];
  prepare: (scene: Scene) => Promise<Requests & { count: (stage: Stage, runId: string) => Promise<Counts> }>;
  tables: (stage: Stage, runId: string) => Promise<Tables>;
};

export type Worker = {
  /** Resolves when the process is gone. */
  signal: (name: "SIGKILL" | "SIGSTOP" | "SIGCONT") => Promise<void>;
  /** Ends as when it is asked to. */
  stop: () => Promise<void>;
};

export type Stage = Omit<Requests, "close"> & {
  sql: Roles["sql"];
  accountId: string;
  trial: Trial;
  provider: Provider;
  count: (runId: string) => Promise<Counts>;
  tables: (runId: string) => Promise<Tables>;
  startWorker: () => Worker;
  /** Workers that ended without having been killed. */
  deaths: string[];
  close: () => Promise<void>;
};
