"use client";
import { Fact, Facts } from "#app/_components/facts.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { countOf } from "#app/_components/number.ts";
import { Section } from "#app/_components/section.tsx";
import type { MailHealth } from "#lib/overview/read-mail-health.ts";

/** `auditHref`: where each failure is told; null: who looks may not see it. */
export function OverviewMail({ mail, auditHref }: { mail: MailHealth; auditHref: string | null }) {
  return (
    <Section title="Mail">
      <Facts>
        <Fact name="Waiting to be sent">
          {mail.waiting === 0 ? "none" : countOf(mail.waiting, "mail")}
          {mail.oldestWaiting && (
            <span className="text-base-content/75">
              , the oldest since <Moment at={mail.oldestWaiting} />
            </span>
          )}
        </Fact>
        <Fact name="Could not be sent, 24 hours">
          <Told count={mail.failed} href={auditHref && `${auditHref}?what=mail.failed`} />
        </Fact>
        <Fact name="Unknown whether sent, 24 hours">
          <Told count={mail.unknown} href={auditHref && `${auditHref}?what=mail.unknown`} />
        </Fact>
      </Facts>
    </Section>
  );
}

function Told({ count, href }: { count: number; href: string | null }) {
  if (count === 0) return "none";
  const told = <strong className="font-semibold text-error">{countOf(count, "mail")}</strong>;
  if (!href) return told;
  return (
    <>
      {told}{" "}
      <a className="link" href={href}>
        See which
      </a>
    </>
  );
}
