import { importSubject } from "./import-subject.ts";
import { crowd, type Disturbance, fourWorkers, killIn, pauseIn, provider, restartIn } from "./scenarios.ts";
import type { Subject } from "./subject.ts";
import { changedSync, firstSync } from "./sync-subject.ts";
import type { Phase } from "./watch.ts";

export type Scenario = {
  name: string;
  subject: Subject;
  injections: number;
  rows: number;
  disturb: Disturbance;
  /** The tables whose end is compared; all without it. */
  compare?: string[];
};

/** `rows` of a large file, `mailRows` of one whose mails are looked at, `people` of a directory. */
export type Sizes = { rows: number; mailRows: number; people: number };

const phases: Phase[] = ["reading", "planning", "applying", "sending"];
const ofImport = (name: string, rows: number, disturb: Disturbance, injections = 1): Scenario => ({
  name,
  subject: importSubject,
  injections,
  rows,
  disturb,
});

/** Each on a database of its own. The short round is there to see that nothing is broken outright, in little over a minute. */
export const apart = ({ rows, mailRows, people }: Sizes, short: boolean): Scenario[] => [
  ...phases.map((phase) => ofImport(`kill -9 in ${phase}`, rows, killIn(phase), short ? 1 : 10)),
  ...(short ? phases.slice(2) : phases).map((phase) =>
    ofImport(`SIGSTOP, SIGCONT in ${phase}`, rows, pauseIn(phase)),
  ),
  {
    ...ofImport("four workers, two runs of one file", rows, crowd, 4),
    compare: ["people", "invitations", "mails"],
  },
  ...(short ? [] : [firstSync, changedSync]).flatMap((subject) => ofSync(subject, people)),
  ...(short ? fewOfSync(people) : []),
  ofImport(
    "provider: 429",
    mailRows,
    provider(3, { status: 429, name: "rate_limit_exceeded", retryAfterSeconds: 1 }),
  ),
  ofImport("provider: 500", mailRows, provider(3, { status: 500 })),
  ofImport("provider: 500 after accepting", mailRows, provider(4, { status: 500, accept: true })),
  ofImport("provider: answer lost after accepting", mailRows, provider(3, { lose: "after" })),
  ofImport("provider: answers after 9 s", mailRows, provider(7, { delayMs: 9_000 })),
];

const syncPhases: Phase[] = ["reading", "planning", "applying"];

const syncOf = (subject: Subject, what: string, rows: number, disturb: Disturbance, injections = 1) => ({
  name: `${subject.name}: ${what}`,
  subject,
  injections,
  rows,
  disturb,
});

const ofSync = (subject: Subject, rows: number): Scenario[] => [
  ...syncPhases.map((phase) => syncOf(subject, `kill -9 in ${phase}`, rows, killIn(phase), 3)),
  ...["reading" as const, "applying" as const].map((phase) =>
    syncOf(subject, `SIGSTOP, SIGCONT in ${phase}`, rows, pauseIn(phase)),
  ),
  syncOf(subject, "four workers", rows, fourWorkers, 4),
];

const fewOfSync = (rows: number): Scenario[] => [
  syncOf(firstSync, "kill -9 in applying", rows, killIn("applying")),
  syncOf(changedSync, "kill -9 in reading", rows, killIn("reading")),
];

/** These take the whole cluster down. So few mails may all be out before they are seen going: the long round has that phase. */
export const together = (
  { rows, people }: Sizes,
  short: boolean,
  crashAndRestart: () => Promise<void>,
): Scenario[] => [
  ...(short ? (["applying"] as const) : phases).map((phase) =>
    ofImport(`Postgres immediate restart in ${phase}`, rows, restartIn(phase, crashAndRestart)),
  ),
  ...(short ? [] : [firstSync, changedSync]).flatMap((subject) =>
    (["reading", "applying"] as const).map((phase) =>
      syncOf(subject, `Postgres immediate restart in ${phase}`, people, restartIn(phase, crashAndRestart)),
    ),
  ),
];
