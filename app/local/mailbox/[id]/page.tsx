import type { Metadata } from "next";
import { Fact, Facts } from "#app/_components/facts.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { Page } from "#app/_components/page.tsx";
import { Section } from "#app/_components/section.tsx";
import { isLocalMode } from "#app/_web/local-mode.ts";
import { noSuchPage } from "#app/_web/no-such-page.ts";
import { stationery } from "#app/_web/stationery.ts";
import { findMail } from "#lib/mail/find-mail.ts";

export const metadata: Metadata = { title: "Mail" };

export default async function MailPage({ params }: { params: Promise<{ id: string }> }) {
  if (!isLocalMode()) noSuchPage();
  const mail = await findMail((await params).id, stationery());
  if (!mail) noSuchPage();
  return (
    <Page title={mail.subject} crumbs={[{ href: "/local/mailbox", label: "Local mailbox" }]}>
      <Facts>
        <Fact name="To">{mail.recipient}</Fact>
        <Fact name="When">
          <Moment at={mail.at} />
        </Fact>
      </Facts>
      <Section title="As HTML">
        <iframe
          title="The mail as HTML"
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          srcDoc={`<base target="_blank">${mail.html}`}
          className="h-[40rem] w-full rounded-box border border-base-300 bg-white"
        />
      </Section>
      <Section title="As text">
        <pre className="whitespace-pre-wrap break-words rounded-box border border-base-300 p-4 font-mono text-sm">
          {mail.text}
        </pre>
      </Section>
    </Page>
  );
}
