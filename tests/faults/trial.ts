import type { UserActor } from "#lib/authorization/actor.ts";
import type { TestAccount } from "#tests/support/make-account.ts";
import type { Roles } from "#tests/support/roles-of.ts";
import type { Stage, Worker } from "./stage.ts";
import type { Phase } from "./watch.ts";

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
