import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import type { TestAccount } from "#tests/support/make-account.ts";

/** What became of each by now; "sent" days ago, so that it is to be chased. */
type Invited = Record<string, "sent" | "bounced" | "joined" | "ran out">;

/** People by the name before the @, of a department, each with an invitation whose mail has left. */
export async function someInvitations({ id, domain }: TestAccount, invited: Invited): Promise<void> {
  await withAccount({ accountId: id }, async (tx) => {
    for (const [name, became] of Object.entries(invited)) {
      const email = `${name.toLowerCase().replaceAll(" ", ".")}@${domain}`;
      await tx.execute(sql`
        with who as (insert into users (account_id, email, first_name, department, status, email_validation, source)
          values (${id}, ${email}, ${name}, 'Sales', ${became === "joined" ? "active" : "invited"}, 'pending', 'invite') returning id),
        offer as (insert into invitations (account_id, id, user_id, email, source, state, created_at, opened_at, ended_at, expires_at)
          select ${id}, uuid_v7_floor(now() - interval '5 days' - ${Object.keys(invited).indexOf(name)} * interval '1 hour'), who.id, ${email}, 'invite',
            ${became === "joined" ? "accepted" : "open"}, now() - interval '5 days',
            case when ${became === "joined"} then now() - interval '1 day' end, case when ${became === "joined"} then now() end,
            now() + ${became === "ran out" ? "-1 day" : "9 days"}::interval from who returning id),
        cold as (insert into suppressed_addresses (account_id, email_norm, reason) select ${id}, ${email}, 'bounced' where ${became === "bounced"})
        insert into emails (account_id, key, kind, recipient, subject_id, state, provider, created_at, sent_at, delivered_at, bounced_at)
        select ${id}, 'invitation:' || id || ':1', 'invitation', ${email}, id, 'sent', 'resend', now() - interval '5 days', now() - interval '5 days',
          case when ${became !== "bounced"} then now() - interval '5 days' end, case when ${became === "bounced"} then now() - interval '5 days' end
        from offer`);
    }
  });
}
