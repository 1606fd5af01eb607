// Temporary: typed stand-ins until lib lands. Deleted then.
export type Privilege = string;
export type UserActor = {
  kind: "user";
  accountId: string;
  accountSlug: string;
  accountName: string;
  userId: string;
  userName: string;
  userEmail: string;
  sessionId: string;
  privileges: ReadonlySet<Privilege>;
  isOwner: boolean;
};
export type RunState =
  | "mapping"
  | "queued"
  | "reading"
  | "planning"
  | "planned"
  | "applying"
  | "completed"
  | "failed"
  | "cancelled";
export type RunView = {
  id: string;
  kind: string;
  mode: "check" | "apply";
  state: RunState;
  trigger: string;
  removals: string;
  fileName: string;
  fileSize: number;
  sha256: string;
  assumed: {
    encoding: string;
    delimiter: string;
    columns: { header: string; field: string }[];
    ignored: string[];
    absent: string[];
  } | null;
  requestedBy: string;
  requestedAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  failure: { sentence: string; reference: string | null } | null;
  counts: {
    rows: number;
    created: number;
    updated: number;
    deleted: number;
    activated: number;
    unchanged: number;
    skipped: number;
    failed: number;
  };
  progress: {
    rowsRead: number;
    rowsTotal: number | null;
    planned: number;
    applied: number;
    mailsQueued: number;
    mailsSent: number;
    secondsLeft: number | null;
    queuePlace: number | null;
  };
};
export type EntryView = {
  position: number;
  line: number;
  email: string;
  askedFor: string;
  outcome: string;
  reason: string | null;
  mail: string | null;
};
export type UserRow = {
  id: string;
  email: string | null;
  firstName: string;
  lastName: string;
  title: string;
  department: string;
  status: string;
  source: string;
  createdAt: Date;
};

const actor: UserActor = {
  kind: "user",
  accountId: "1",
  accountSlug: "acme",
  accountName: "Acme Corporation",
  userId: "1",
  userName: "Olivia Owner",
  userEmail: "olivia.owner@acme.test",
  sessionId: "s",
  privileges: new Set(["enrollment.import", "users.view"]),
  isOwner: true,
};
export const isAllowed = (_a: UserActor, _o: string) => true;
export const findActor = async (_s: string, slug: string): Promise<UserActor | null> =>
  slug === "acme" ? actor : null;
export const findSession = async (id: string) => ({ id, accountSlug: "acme" });
export const redeemSignInToken = async (
  _t: string,
): Promise<{ ok: true; sessionId: string; accountSlug: string } | { ok: false; reason: "dead_link" }> => ({
  ok: true,
  sessionId: "s",
  accountSlug: "acme",
});
export const findSignInToken = async (t: string) =>
  t === "dead" ? null : { accountName: "Acme Corporation", email: "olivia.owner@acme.test" };
export const requestSignInLink = async (_e: string) => {};
export const endSession = async (_a: UserActor) => {};
const base: RunView = {
  id: "0193",
  kind: "import",
  mode: "apply",
  state: "completed",
  trigger: "manual",
  removals: "none",
  fileName: "joiners-november-2026.csv",
  fileSize: 1_234_567,
  sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  assumed: {
    encoding: "UTF-8",
    delimiter: ",",
    columns: [
      { header: "E-Mail", field: "Email ID" },
      { header: "First Name", field: "First Name" },
      { header: "Surname", field: "Last Name" },
    ],
    ignored: ["Shoe Size"],
    absent: ["Alternate ID", "Work Phone", "User Status"],
  },
  requestedBy: "Olivia Owner",
  requestedAt: new Date("2026-11-22T09:14:00Z"),
  startedAt: new Date("2026-11-22T09:14:02Z"),
  finishedAt: new Date("2026-11-22T09:14:41Z"),
  failure: null,
  counts: {
    rows: 12480,
    created: 11950,
    updated: 212,
    deleted: 0,
    activated: 0,
    unchanged: 240,
    skipped: 31,
    failed: 47,
  },
  progress: {
    rowsRead: 12480,
    rowsTotal: 12480,
    planned: 12480,
    applied: 12480,
    mailsQueued: 11950,
    mailsSent: 3200,
    secondsLeft: null,
    queuePlace: null,
  },
};
const none = {
  rows: 0,
  created: 0,
  updated: 0,
  deleted: 0,
  activated: 0,
  unchanged: 0,
  skipped: 0,
  failed: 0,
};
const all: RunView[] = [
  {
    ...base,
    id: "r4",
    state: "applying",
    finishedAt: null,
    fileName:
      "all-staff-2026-q4-with-a-very-long-file-name-that-somebody-exported-from-the-hr-system (final) (2).csv",
    counts: { ...base.counts, created: 4000, failed: 12 },
    progress: {
      rowsRead: 12480,
      rowsTotal: 12480,
      planned: 12480,
      applied: 6000,
      mailsQueued: 4000,
      mailsSent: 800,
      secondsLeft: 95,
      queuePlace: null,
    },
  },
  base,
  { ...base, id: "r2", mode: "check", state: "planned", fileName: "check.csv" },
  {
    ...base,
    id: "r5",
    state: "queued",
    startedAt: null,
    finishedAt: null,
    assumed: null,
    fileName: "later.csv",
    counts: none,
    progress: {
      ...base.progress,
      rowsRead: 0,
      rowsTotal: null,
      planned: 0,
      applied: 0,
      mailsQueued: 0,
      mailsSent: 0,
      queuePlace: 3,
      secondsLeft: 300,
    },
  },
  {
    ...base,
    id: "r3",
    state: "failed",
    assumed: null,
    failure: {
      sentence: "The file stops being text at byte 1,402 (line 17). Save it as UTF-8 and try again.",
      reference: "b41f09c2",
    },
    fileName: "broken.csv",
    counts: none,
  },
];
export const findRun = async (_a: UserActor, id: string) => all.find((run) => run.id === id) ?? null;
export const findLatestImport = async (_a: UserActor) => all[0] ?? null;
export const listRuns = async (_a: UserActor, _o: { kind: string; before?: string }) => ({
  runs: all,
  next: null as string | null,
});
export const cancelRun = async (
  _a: UserActor,
  _id: string,
): Promise<{ ok: true } | { ok: false; reason: "over" }> => ({ ok: true });
export const applyPlannedRun = async (
  _a: UserActor,
  _id: string,
): Promise<{ ok: true } | { ok: false; reason: "stale" }> => ({ ok: true });
const outcomes = ["created", "created", "created", "updated", "unchanged", "skipped", "failed"];
export const listEntries = async (
  _a: UserActor,
  o: { runId: string; outcome?: string; search?: string; after?: string; before?: string; last?: boolean },
) => ({
  entries: Array.from(
    { length: 50 },
    (_, i): EntryView => ({
      position: i,
      line: i + 2,
      email:
        i === 4
          ? "a-person-with-an-extraordinarily-long-local-part-of-an-address@engineering.subsidiary.acme.test"
          : `person${i}@acme.test`,
      askedFor: i % 3 ? "New" : "Update",
      outcome: o.outcome ?? outcomes[i % 7] ?? "created",
      reason:
        i % 7 === 6
          ? "Email ID: acme.example is not a domain of this account (acme.test). Did you mean @acme.test?"
          : i % 7 === 5
            ? "already a user"
            : null,
      mail: i % 7 < 3 ? "sent" : null,
    }),
  ).filter((e) => !o.search || e.email.includes(o.search)),
  previous: null as string | null,
  next: "50" as string | null,
  matching: { count: 10001, capped: true },
});
export async function* streamReport(_a: UserActor, _id: string) {
  yield "Line,Email ID\n";
}
export async function* streamFailedRows(_a: UserActor, _id: string) {
  yield "Email ID,Reason\n";
}
const people = ["Ada", "Grace", "Łukasz", "Nguyễn", "Björn", "عائشة", "Maximiliane-Charlotte Theodora"];
export const listUsers = async (
  _a: UserActor,
  o: { search?: string; status?: string; after?: string; before?: string },
) => ({
  users:
    o.search === "none"
      ? []
      : Array.from(
          { length: 50 },
          (_, i): UserRow => ({
            id: `u${i}`,
            email: i === 3 ? null : `person${i}@acme.test`,
            firstName: people[i % 7] ?? "",
            lastName: i % 2 ? "Lovelace" : "Hopper",
            title: i % 4 ? "Engineer" : "Head of Regional Logistics and Warehousing",
            department: "Research",
            status:
              o.status ?? ["invited", "active", "not_invited", "signed_up", "suspended"][i % 5] ?? "active",
            source: "import",
            createdAt: new Date("2026-11-20T10:00:00Z"),
          }),
        ),
  previous: null as string | null,
  next: "x" as string | null,
  matching: { count: 312, capped: false },
});
export const countPeopleByStatus = async (_a: UserActor): Promise<Record<string, number>> => ({
  not_invited: 12,
  invited: 211,
  signed_up: 8,
  active: 81,
  suspended: 3,
});
export type MailRow = { id: string; subject: string; recipient: string; sender: string; createdAt: Date };
const mail: MailRow = {
  id: "m1",
  subject: "Olivia Owner invites you to Acme Corporation",
  recipient: "ada.lovelace@acme.test",
  sender: "Rollcall <rollcall@localhost>",
  createdAt: new Date("2026-11-22T09:14:30Z"),
};
export const listMailbox = async (_o: { before?: string }) => ({
  mails: [mail, { ...mail, id: "m2" }],
  next: null as string | null,
});
export const findMail = async (id: string) =>
  id.startsWith("m")
    ? {
        ...mail,
        html: "<p style='font-size:20px'>Hello <b>Ada</b></p><a href='http://127.0.0.1:3000/join/abc'>Join</a>",
        text: "Hello Ada\nhttp://127.0.0.1:3000/join/abc",
      }
    : null;
