import postgres from "postgres";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { claimBatch } from "#lib/mail/pump/claim-batch.ts";
import { runSendMail } from "#lib/mail/run-send-mail.ts";
import { resendTransport } from "#lib/mail/transport/resend.ts";
import { smtpTransport } from "#lib/mail/transport/smtp.ts";
import type { Transport } from "#lib/mail/transport/transport.ts";
import type { CopiedDatabase } from "#tests/support/copy-template.ts";
import { startResendStub } from "#tests/support/resend-stub.ts";
import { startSmtpSink } from "#tests/support/smtp-sink.ts";
import { testDatabase } from "#tests/support/test-database.ts";
import { seedMails } from "./seed-mails.ts";

export const stationery = {
  baseUrl: "https://rollcall.example",
  tokenKey: Buffer.alloc(32, 7).toString("base64"),
};
const from = "Rollcall <noreply@rollcall.test>";

/** A database for one test file, its outbox empty before each test, and providers on loopback. */
export function pumpHarness() {
  let database: CopiedDatabase;
  let sql: postgres.Sql;
  const stops: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    database = await testDatabase();
    openDatabase(database.workerUrl);
    sql = postgres(database.superUrl, { max: 1, onnotice: () => {} });
  });
  beforeEach(
    () => sql`truncate emails, invitations, sign_in_tokens, run_mail_counts, mail_throttle,
    mail_days, mail_events, suppressed_addresses`,
  );
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });
  afterAll(async () => {
    await closeDatabase();
    await sql.end();
    await database.drop();
  });

  const expireWaits = async () => {
    await sql`update emails set next_attempt_at = now() - interval '1 ms' where state = 'queued'`;
    await sql`update emails set lease_until = now() - interval '1 ms' where state = 'sending'`;
    await sql`update mail_throttle set next_slot_at = now()`;
  };

  return {
    /** Past row-level security: for looking at results and for making things happen. */
    book: () => sql,
    expireWaits,
    seed: (options: Parameters<typeof seedMails>[1]) => seedMails(database.superUrl, options),
    withResend: async (rate?: number, timeoutMs = 3000) => {
      const stub = await startResendStub({ rate });
      stops.push(stub.stop);
      const options = { apiKey: stub.apiKey, from, baseUrl: stub.url, timeoutMs, requestsPerSecond: 1000 };
      return { stub, transport: resendTransport(options) };
    },
    withSmtp: async (judge?: Parameters<typeof startSmtpSink>[0]) => {
      const sink = await startSmtpSink(judge);
      const transport = smtpTransport({ url: sink.url, from, timeoutMs: 3000 });
      stops.push(transport.close, sink.stop);
      return { sink, transport };
    },
    /** Pumps on until nothing is left; what waits is made due at once instead of being waited for. */
    pumpToTheEnd: async (transport: Transport) => {
      for (let round = 0; round < 50; round += 1) {
        if ((await pump(transport)).dueInMs === null) return;
        await expireWaits();
      }
      throw new Error("the outbox never became empty");
    },
    states: async (): Promise<Record<string, number>> => {
      const rows = await sql<{ state: string; mails: number }[]>`
        select state, count(*)::int as mails from emails group by state`;
      return Object.fromEntries(rows.map((row) => [row.state, row.mails]));
    },
  };
}

export const pump = (transport: Transport) => runSendMail({ transport, stationery });

export async function claim(transport: Transport) {
  const batch = await claimBatch(transport);
  if (!batch) throw new Error("nothing was due");
  return batch;
}
