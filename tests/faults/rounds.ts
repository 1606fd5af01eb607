import { crowd, type Disturbance, killIn, pauseIn, provider, restartIn } from "./scenarios.ts";
import type { Phase, Trial } from "./trial.ts";

export type Scenario = {
  name: string;
  trial: Trial;
  injections: number;
  disturb: Disturbance;
  compare?: string[];
};

/** `together`: these take the whole cluster down, and are played one after the other. */
export type Scenarios = { apart: Scenario[]; together: Scenario[] };

type Crash = () => Promise<void>;

const kills = (trial: Trial, phases: Phase[], injections: number): Scenario[] =>
  phases.map((phase) => ({ name: `kill -9 in ${phase}`, trial, injections, disturb: killIn(phase) }));
const pauses = (trial: Trial, phases: Phase[]): Scenario[] =>
  phases.map((phase) => ({
    name: `SIGSTOP, SIGCONT in ${phase}`,
    trial,
    injections: 1,
    disturb: pauseIn(phase),
  }));
const restarts = (trial: Trial, phases: Phase[], crash: Crash): Scenario[] =>
  phases.map((phase) => ({
    name: `Postgres immediate restart in ${phase}`,
    trial,
    injections: 1,
    disturb: restartIn(phase, crash),
  }));
const crowds = (name: string, trial: Trial): Scenario => ({
  name,
  trial,
  injections: 4,
  disturb: crowd,
  compare: trial.sameOfTwo,
});

const phases: Phase[] = ["reading", "planning", "applying", "sending"];

type Imports = { imports: Trial; mails: Trial; short: boolean; crash: Crash };

/** The short round is there to see that nothing is broken outright, in little over a minute. */
export function disturbedImports({ imports, mails, short, crash }: Imports): Scenarios {
  const fewPhases: Phase[] = short ? ["applying", "sending"] : phases;
  const failing = (name: string, disturb: Disturbance): Scenario => ({
    name: `provider: ${name}`,
    trial: mails,
    injections: 1,
    disturb,
  });
  return {
    apart: [
      ...kills(imports, phases, short ? 1 : 10),
      ...pauses(imports, fewPhases),
      crowds("four workers, two runs of one file", imports),
      failing("429", provider(3, { status: 429, name: "rate_limit_exceeded", retryAfterSeconds: 1 })),
      failing("500", provider(3, { status: 500 })),
      failing("500 after accepting", provider(4, { status: 500, accept: true })),
      failing("answer lost after accepting", provider(3, { lose: "after" })),
      failing("answers after 9 s", provider(7, { delayMs: 9_000 })),
    ],
    // So few mails may all be out before they are seen going: the long round has that phase.
    together: restarts(imports, short ? ["applying"] : phases, crash),
  };
}

/** The same of a directory sync, which sends nothing; the short round has one of each kind. */
export function disturbedSyncs({
  trial,
  short,
  crash,
}: {
  trial: Trial;
  short: boolean;
  crash: Crash;
}): Scenarios {
  const isFirst = trial.name.startsWith("first");
  if (short) return { apart: kills(trial, isFirst ? ["reading"] : ["applying"], 1), together: [] };
  return {
    apart: [
      ...kills(trial, ["reading", "planning", "applying"], 10),
      ...pauses(trial, ["reading", "applying"]),
      crowds("four workers, two syncs", trial),
    ],
    together: restarts(trial, ["reading", "applying"], crash),
  };
}

export const joined = (...all: Scenarios[]): Scenarios => ({
  apart: all.flatMap(({ apart }) => apart),
  together: all.flatMap(({ together }) => together),
});
