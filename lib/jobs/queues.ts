import type { WorkOptions } from "pg-boss";
import { z } from "zod";

export type Queue = {
  payload: z.ZodType;
  /** `short`: at most one waits; `standard`: each send is a job. Never changed once made (pg-boss keeps the first). */
  policy: "standard" | "short";
  retryLimit: number;
  retryDelay: number;
  expireInSeconds: number;
  /** Its handler leaves off when the worker is to stop, and leaves a job for the rest; others are waited for. */
  leavesOff?: boolean;
  work: WorkOptions;
};

const crashTolerant = { retryLimit: 10_000, retryDelay: 1 };
// A job that is due later, or again, is not announced when its time comes: only polling finds it, and where a queue
// announces its jobs pg-boss would poll every 30 s.
const polling = (seconds: number) => ({
  pollingIntervalSeconds: seconds,
  notifyPollingIntervalSeconds: seconds,
});

const slices = {
  payload: z.strictObject({ accountId: z.uuid(), runId: z.uuid() }),
  ...crashTolerant,
  expireInSeconds: 300,
  leavesOff: true,
  work: { ...polling(1), localConcurrency: 2 },
} as const;

/** Every queue: what its payload is (ids only), how often it is tried, how it is worked. */
export const queues = {
  /** The short first slice of a run: small runs end with it, however many large ones are being worked on. */
  "run-slice": { ...slices, policy: "standard" },
  /** The slices after it. */
  "run-slice-on": { ...slices, policy: "standard" },
  /** A source that is read in one go, for as long as its connection lasts; the run's lease tells whether somebody is at it. */
  "run-reading": {
    ...slices,
    policy: "standard",
    expireInSeconds: 6 * 3_600,
    work: { ...polling(1), localConcurrency: 4 },
  },
  /** One at most waits for a run, under its id: it finds the run again when its worker is gone, or when it must wait. */
  "run-slice-later": { ...slices, policy: "short" },
  "send-mail": {
    payload: z.strictObject({}),
    policy: "short",
    ...crashTolerant,
    expireInSeconds: 300,
    work: { ...polling(1), localConcurrency: 2 },
  },
  /** Apart from `send-mail`: a mail that is due later must not keep a new one from being sent now. */
  "send-mail-later": {
    payload: z.strictObject({}),
    policy: "short",
    ...crashTolerant,
    expireInSeconds: 300,
    work: { ...polling(1), localConcurrency: 1 },
  },
  /** What held an account's mails back has changed. */
  "release-mails": {
    payload: z.strictObject({ accountId: z.uuid() }),
    policy: "standard",
    ...crashTolerant,
    expireInSeconds: 900,
    work: { ...polling(2), localConcurrency: 1 },
  },
  "tidy-run": {
    payload: z.strictObject({ accountId: z.uuid(), runId: z.uuid() }),
    policy: "standard",
    ...crashTolerant,
    expireInSeconds: 300,
    work: { ...polling(3), localConcurrency: 1 },
  },
  /** One at a time goes on for about a minute; the sweep begins it again. */
  "seal-audit": {
    payload: z.strictObject({}),
    policy: "short",
    retryLimit: 2,
    retryDelay: 5,
    expireInSeconds: 300,
    leavesOff: true,
    work: { ...polling(2), localConcurrency: 1 },
  },
  /** Syncs that are due by schedule, by the week, or at the end of a hold. */
  "due-syncs": {
    payload: z.strictObject({}),
    policy: "short",
    retryLimit: 2,
    retryDelay: 5,
    expireInSeconds: 120,
    work: { ...polling(3), localConcurrency: 1 },
  },
  sweep: {
    payload: z.strictObject({}),
    policy: "short",
    retryLimit: 2,
    retryDelay: 5,
    expireInSeconds: 120,
    work: { ...polling(3), localConcurrency: 1 },
  },
} as const satisfies Record<string, Queue>;

export type QueueName = keyof typeof queues;
export type Payload<Q extends QueueName> = z.infer<(typeof queues)[Q]["payload"]>;

/** One line a queue; a queue without a handler does not compile. `signal` aborts when the job's time is over. */
export type Handlers = { [Q in QueueName]: (payload: Payload<Q>, signal: AbortSignal) => Promise<void> };
