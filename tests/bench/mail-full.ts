import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { takeProviderEvent } from "#lib/mail/take-provider-event.ts";
import { providerEvent, webhookSecret } from "#tests/support/provider-event.ts";
import { seedMails } from "../lib/mail/seed-mails.ts";

/** Half of the mails are reminders. */
export async function makeReminders(superUrl: string): Promise<void> {
  const sql = postgres(superUrl, { max: 1, onnotice: () => {} });
  await sql`update emails set kind = 'reminder', key = replace(key, 'invitation:', 'reminder:')
    where right(recipient, 11) ~ '[02468]@acme'`;
  await sql`vacuum analyze emails`;
  await sql.end();
}

/** And one more account, with a third as many mails, has used up its day. */
export async function makeFull(superUrl: string, mails: number): Promise<void> {
  const [used] = await seedMails(superUrl, { mails: Math.floor(mails / 3), name: "Used up" });
  await makeReminders(superUrl);
  const sql = postgres(superUrl, { max: 1, onnotice: () => {} });
  await sql`update accounts set daily_mail_cap = 0 where id = ${used ?? ""}`;
  await sql.end();
}

type Accepted = { mail: string; account: string }[];

/** As the web does it: every tenth mail was delivered, every fiftieth came back. Answers how many were told. */
export function tellOfMails(appUrl: string, stubUrl: string) {
  openDatabase(appUrl);
  let over = false;
  let told = 0;
  const telling = (async () => {
    for (let seen = 0; !over; await sleep(500)) {
      const accepted = (await (await fetch(`${stubUrl}/ledger/mails`)).json()) as Accepted;
      for (; seen < accepted.length && !over; seen += 1) {
        const { mail: mailId = "", account: accountId = "" } = accepted[seen] ?? {};
        const type = seen % 50 === 0 ? "email.bounced" : seen % 10 === 0 ? "email.delivered" : null;
        if (!type) continue;
        await takeProviderEvent(webhookSecret, providerEvent({ type, accountId, mailId }));
        told += 1;
      }
    }
  })();
  return {
    stop: async () => {
      over = true;
      await telling;
      await closeDatabase();
      return told;
    },
  };
}
