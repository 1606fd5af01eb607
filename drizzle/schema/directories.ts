import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { accounts } from "./accounts.ts";
import { createdAt, emailNorm, instant, newId } from "./columns.ts";

/** The company's directory (LDAP), one an account. */
export const directories = pgTable(
  "directories",
  {
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    id: newId(),
    /** The number of the settings that hold; 0: none are saved. */
    version: integer().notNull().default(0),
    sealedPassword: text(),
    /** What the server told of itself at the last test. */
    server: jsonb(),
    testedAt: instant(),
    /** Which connection stood the test: of another one nothing is known. */
    testedAs: text(),
    /** What the last completed full run went by; under other settings the next one is full, and removes nobody unasked. */
    settledAs: text(),
    /** Where the next run may go on that only reads what changed. */
    position: jsonb(),
    lastFullAt: instant(),
    /** People in scope at the last complete reading. */
    lastTotal: integer(),
    /** When the last manual run was completed; the hold is counted from it. */
    heldSince: instant(),
    /** Who wants a run as soon as the hold ends. */
    atHoldEndBy: uuid(),
    atHoldEndByName: text(),
    nextScheduledAt: instant(),
    /** The last time that a run was completed, or that the settings began: the weekly sync is counted from it. */
    lastGoodAt: instant(),
    alertedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.id] }),
    uniqueIndex("directories_one_an_account").on(t.accountId),
  ],
);

/** Every set of settings that was saved; each run says which it went by. */
export const directoryVersions = pgTable(
  "directory_versions",
  {
    accountId: uuid().notNull(),
    directoryId: uuid().notNull(),
    number: integer().notNull(),
    settings: jsonb().notNull(),
    /** The step that was saved, "restored" or "imported". */
    step: text().notNull(),
    savedByName: text().notNull(),
    savedAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.directoryId, t.number] }),
    foreignKey({
      columns: [t.accountId, t.directoryId],
      foreignColumns: [directories.accountId, directories.id],
    }),
  ],
);

/** The last snapshot: a row for each person of the directory, as they were when a run last dealt with them. */
export const directoryEntries = pgTable(
  "directory_entries",
  {
    accountId: uuid().notNull(),
    /** The id that the directory never changes: objectGUID, entryUUID, nsUniqueId. */
    externalId: text().notNull(),
    userId: uuid(),
    /** Of the person when the entry was settled: another one has been changed here since. */
    userVersion: integer(),
    dn: text().notNull(),
    /** What all spellings of the name have in common. */
    dnKey: text().notNull(),
    email: text(),
    emailNorm: emailNorm(),
    /** Over all that the entry was judged to be; null: look at it again. */
    rowHash: text(),
    verdict: text().notNull(),
    reason: text(),
    /** What is odd about it, out of a closed list; null: nothing. */
    marks: text().array(),
    /** Of one that is disabled: names of chosen lists that it is still in. */
    stillIn: text(),
    runId: uuid().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.externalId] }),
    index("directory_entries_marked").on(t.accountId, t.externalId).where(sql`marks is not null`),
    index("directory_entries_not_in").on(t.accountId, t.externalId).where(sql`verdict <> 'in'`),
    index("directory_entries_by_address").on(t.accountId, t.emailNorm).where(sql`email_norm is not null`),
    check(
      "directory_entries_verdict",
      sql`${t.verdict} in ('in','excluded','protected','left_out','suspended')`,
    ),
    check(
      "directory_entries_marks",
      sql`${t.marks} <@ array['no_mail','foreign_mail','odd_mail','odd_value','disabled','no_state']`,
    ),
  ],
);

/** Units and lists as a run read them, until it ends. */
export const runGroups = pgTable(
  "run_groups",
  {
    accountId: uuid().notNull(),
    runId: uuid().notNull(),
    externalId: text().notNull(),
    kind: text().notNull(),
    name: text().notNull(),
    parentId: text(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.runId, t.externalId] })],
);

export const runGroupMembers = pgTable(
  "run_group_members",
  {
    accountId: uuid().notNull(),
    runId: uuid().notNull(),
    groupId: text().notNull(),
    memberId: text().notNull(),
  },
  (t) => [index("run_group_members_of_run").on(t.accountId, t.runId, t.memberId)],
);
