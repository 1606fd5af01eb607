import type { Metadata } from "next";
import { Page } from "#app/_components/page.tsx";
import { baseUrl } from "#app/_web/base-url.ts";
import { currentActor } from "#app/_web/current-actor.ts";
import { isLocalMode } from "#app/_web/local-mode.ts";
import { oneOf } from "#app/_web/query.ts";
import { settings } from "#app/_web/settings.ts";
import { findMailSettings } from "#lib/accounts/find-mail-settings.ts";
import { previewMail } from "#lib/mail/preview-mail.ts";
import { settingsCrumbs } from "../settings-crumbs.ts";
import { MailForm } from "./mail-form.tsx";
import { Preview } from "./preview.tsx";
import { previewWish } from "./preview-wish.ts";

export const metadata: Metadata = { title: "Mail" };

type Props = {
  params: Promise<{ account: string }>;
  searchParams: Promise<Record<"kind" | "language", string | string[] | undefined>>;
};

export default async function MailSettingsPage({ params, searchParams }: Props) {
  const actor = await currentActor((await params).account, "mail_settings.view");
  const now = await findMailSettings(actor);
  const mailsADay = isLocalMode() ? null : (now.dailyMailCap ?? settings().ROLLCALL_DAILY_MAILS);
  const query = await searchParams;
  const wish = previewWish(oneOf(query.kind), oneOf(query.language) ?? now.defaultLanguage);
  const mail = await previewMail(actor, wish.kind, wish.language, baseUrl());
  return (
    <Page
      title="Mail"
      crumbs={settingsCrumbs(actor)}
      lead="How the mails of this account look, what they say, and when they go out. Changes count from the next mail on."
    >
      <MailForm now={now} accountName={actor.accountName} mailsADay={mailsADay} />
      <Preview mail={mail} wish={wish} here={`/a/${actor.accountSlug}/settings/mail`} />
    </Page>
  );
}
