import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { hintTwins } from "#lib/imports/plan/hint-twins.ts";
import { planRows } from "#lib/imports/plan/plan-rows.ts";
import { markRepeats } from "#lib/runs/mark-repeats.ts";
import { requestRun } from "#lib/runs/request-run.ts";
import type { RunKind, StagedBatch } from "#lib/runs/run-kind.ts";
import { runSlice } from "#lib/runs/run-slice.ts";
import { type ProfileField, profileFields } from "#lib/users/profile-fields.ts";
import { ownerOf } from "#tests/support/account-owner.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";
import { makeAccount, type TestAccount } from "#tests/support/make-account.ts";

/** A judged line: what reading a file would have made of it. */
export type Line = {
  email: string | null;
  asked?: string;
  cleared?: string;
  problem?: string;
  raw?: string;
} & Partial<Record<ProfileField | "groups", string>>;

const optional = ["asked", "cleared", "problem", "raw"] as const;

/** Lines from `first` on (1: the first below the header), as the pipeline takes them. */
export function batchOf(lines: Line[], first = 1): StagedBatch {
  const column = (name: keyof Line) => lines.map((line) => line[name] ?? null);
  const filled = (name: keyof Line) => lines.some((line) => line[name] !== undefined);
  const fields = [...profileFields, "groups" as const].filter(filled).map((name) => [name, column(name)]);
  return {
    count: lines.length,
    position: lines.map((_, at) => first + at),
    line: lines.map((_, at) => first + at + 1),
    email: column("email"),
    ...Object.fromEntries(optional.filter(filled).map((name) => [name, column(name)])),
    fields: Object.fromEntries(fields),
    checkpoint: null,
  };
}

/** The kind `import` with lines from memory in place of a file; the rest of it is the real one. */
export function rosterKind(lines: Line[], size = 1000, onBatch: (at: number) => unknown = () => {}): RunKind {
  return {
    async *read(_run, checkpoint) {
      for (let at = (checkpoint as { at: number } | null)?.at ?? 0; at < lines.length; at += size) {
        await onBatch(at);
        yield { ...batchOf(lines.slice(at, at + size), at + 1), checkpoint: { at: at + size } };
      }
    },
    settle: (run) => [markRepeats(run)],
    plan: planRows,
    hint: hintTwins,
  };
}

export type Roster = Awaited<ReturnType<typeof openRoster>>;

/** A database with an account, and the moves of a run in it as web and worker make them. */
export async function openRoster() {
  const roles = await openRoles();
  const acme = await roles.as("owner", () => makeAccount(randomBytes(32).toString("base64")));
  const actor = ownerOf(acme);
  const failures: object[] = [];
  const log = { error: (fields: object) => void failures.push(fields) };
  const request = (mode: "check" | "apply" = "apply", of = actor) =>
    roles.as("app", () =>
      withAccount(of, async (tx) => requestRun(tx, of, { ...(await upload(tx, of)), mode })),
    );
  const slice = (runId: string, kind: RunKind, signal = new AbortController().signal, accountId = acme.id) =>
    roles.as("worker", () =>
      runSlice(
        { kinds: { import: kind, bulk_invite: kind }, log, removalPercent: 5 },
        { accountId, runId },
        signal,
      ),
    );
  return {
    ...roles,
    acme,
    actor,
    failures,
    address: (name: string) => `${name}@${acme.domain}`,
    request,
    slice,
    /** A whole import of these lines. */
    async import(lines: Line[], mode: "check" | "apply" = "apply", fields: string[] = []) {
      const runId = await request(mode);
      const columns = fields.map((field) => ({ header: field, field }));
      await roles.sql`update runs set assumed = assumed || ${roles.sql.json({ columns })} where id = ${runId}`;
      await slice(runId, rosterKind(lines));
      return runId;
    },
    sliceOf: (runId: string, lines: Line[]) => slice(runId, rosterKind(lines)),
    ...looks(roles, acme),
  };
}

async function upload(tx: Parameters<Parameters<typeof withAccount>[1]>[0], of: UserActor) {
  const [row] = await tx.execute<{ id: string }>(sql`
    insert into uploads (account_id, file_name, state, sealed_key) values (${of.accountId}, 'people.csv', 'complete', 'k')
    returning id`);
  const assumed = { encoding: "UTF-8", delimiter: ",", columns: [], ignored: [], absent: [] };
  return { kind: "import" as const, uploadId: row?.id as string, options: {}, assumed };
}

/** Results, seen past row-level security. */
function looks({ sql: root }: Roles, acme: TestAccount) {
  const run = async (id: string) => (await root`select * from runs where id = ${id}`)[0] ?? {};
  return {
    run,
    entries: (id: string) => root`
      select line, email, asked, outcome, reason from run_entries where run_id = ${id} order by position`,
    outcomes: async (id: string) =>
      (await root`select outcome from run_entries where run_id = ${id} order by position`).map(
        (row) => row.outcome,
      ),
    user: async (email: string) =>
      (await root`select * from users where account_id = ${acme.id} and email_norm = lower(${email})`)[0],
    mails: (email: string) =>
      root`select * from emails where account_id = ${acme.id} and recipient = ${email}`,
    /** So many other people, who have joined. */
    crowd: (people: number) => root`insert into users (account_id, email, status, source)
      select ${acme.id}, 'crowd' || n || '@crowd.test', 'active', 'invite' from generate_series(1, ${people}) n`,
    /** A user as the account has them; `invited` also gets an invitation that lives so many days. */
    async person(email: string, status: string, invitedForDays?: number) {
      const [made] = await root`insert into users (account_id, email, status, source, first_name, title)
        values (${acme.id}, ${email}, ${status}, 'invite', 'Old', 'Clerk') returning id`;
      if (invitedForDays !== undefined) {
        await root`insert into invitations (account_id, user_id, email, source, expires_at)
          values (${acme.id}, ${made?.id}, ${email}, 'invite', now() + make_interval(days => ${invitedForDays}))`;
      }
      return made?.id as string;
    },
    /** What must hold of every run, whatever happened to it: all of it counted from the rows. */
    sums: async (id: string) => (await root`${root.unsafe(sumsQuery)} where r.id = ${id}`)[0],
  };
}

const outcomeCounts = [
  "created",
  "updated",
  "deleted",
  "activated",
  "unchanged",
  "skipped",
  "failed",
  "waiting",
]
  .map((column) => {
    const outcome = column === "created" ? "new" : column;
    return `r.${column} = (select count(*) from run_entries e where e.run_id = r.id and e.outcome = '${outcome}')`;
  })
  .join(" and ");

const sumsQuery = `
  select r.state, ${outcomeCounts} as counts_fit,
    (select count(*)::int from run_rows s where s.run_id = r.id
      and (select count(*) from run_entries e where e.run_id = r.id and e.position = s.position) <> 1) as lines_without_one_outcome,
    r.rows_read - (select count(*)::int from run_entries e where e.run_id = r.id) as lines_lost,
    (select count(*)::int from users u where u.account_id = r.account_id)
      - (select count(distinct email_norm)::int from users u where u.account_id = r.account_id) as users_twice,
    (select count(*)::int from run_changes c where c.run_id = r.id and c.invitation_id is not null
      and c.action in ('create', 'update'))
      - (select count(*)::int from invitations i where i.run_id = r.id) as invitations_missing,
    (select count(*)::int from invitations i where i.run_id = r.id)
      - (select count(*)::int from emails m where m.run_id = r.id) as mails_missing,
    (select count(*)::int from emails m where m.run_id = r.id)
      - coalesce((select queued + sent + in_local_mailbox + failed + unknown + withdrawn from run_mail_counts c
        where c.run_id = r.id), 0) as mails_uncounted
  from runs r`;

/** What \`sums\` answers of a run that ended well. */
export const sound = {
  state: "completed",
  counts_fit: true,
  lines_without_one_outcome: 0,
  lines_lost: 0,
  users_twice: 0,
  invitations_missing: 0,
  mails_missing: 0,
  mails_uncounted: 0,
};
