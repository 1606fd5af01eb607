import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import postgres from "postgres";
import type { BenchDatabase } from "./bench-database.ts";

/**
 * The import that one would write first, for comparison: a transaction a row that looks the person up and inserts user,
 * invitation, mail and outcome, as the worker's role. Returns rows a second over the first `rows` of the file.
 */
export async function naiveRate(database: BenchDatabase, file: string, rows: number): Promise<number> {
  const sql = postgres(database.workerUrl, { max: 1, onnotice: () => {} });
  const { accountId } = database.actor;
  try {
    const [run] = await sql.begin(async (tx) => {
      await tx`select set_config('app.account_id', ${accountId}, true)`;
      return tx<{ id: string }[]>`insert into runs (account_id, kind, mode, requested_by_name)
        values (${accountId}, 'import', 'check', 'naive') returning id`;
    });
    const started = performance.now();
    let position = 0;
    for await (const line of createInterface({ input: createReadStream(file) })) {
      if (position++ === 0) continue;
      await importRow(sql, accountId, run?.id as string, position, line.split(","));
      if (position > rows) break;
    }
    return rows / ((performance.now() - started) / 1000);
  } finally {
    await sql.end();
  }
}

function importRow(
  sql: postgres.Sql,
  accountId: string,
  runId: string,
  line: number,
  cells: string[],
): Promise<unknown> {
  // Another name before the address, so that nobody is known yet.
  const [email, first, last, alternate, phone, title, department] = [`n.${cells[0]}`, ...cells.slice(1)];
  return sql.begin(async (tx) => {
    await tx`select set_config('app.account_id', ${accountId}, true)`;
    const [known] = await tx`select id from users where email_norm = lower(${email} collate "C")`;
    if (known) return;
    const [user] =
      await tx`insert into users (account_id, email, first_name, last_name, alternate_id, work_phone, title, department,
      status, source) values (${accountId}, ${email}, ${first ?? null}, ${last ?? null}, ${alternate ?? null}, ${phone ?? null},
      ${title ?? null}, ${department ?? null}, 'invited', 'import') returning id`;
    const [invitation] =
      await tx`insert into invitations (account_id, user_id, email, source, run_id, expires_at)
      values (${accountId}, ${user?.id}, ${email}, 'import', ${runId}, now() + interval '14 days') returning id`;
    await tx`insert into emails (account_id, key, kind, recipient, subject_id, run_id)
      values (${accountId}, ${`invitation:${invitation?.id}:1`}, 'invitation', ${email}, ${invitation?.id}, ${runId})`;
    await tx`insert into run_entries (account_id, run_id, position, line, email, asked, outcome)
      values (${accountId}, ${runId}, ${line - 1}, ${line}, ${email}, 'new', 'new')`;
  });
}
