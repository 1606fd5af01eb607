import type { Metadata } from "next";
import { Page } from "#app/_components/page.tsx";
import { oneOf } from "#app/_web/query.ts";
import { settings } from "#app/_web/settings.ts";
import { isReminderLink } from "#lib/mail/stop-reminders.ts";

export const metadata: Metadata = { title: "Reminders", robots: { index: false } };

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<{ stopped?: string | string[] }>;
};

/** Opening it changes nothing: mail scanners open links too. */
export default async function UnsubscribePage({ params, searchParams }: Props) {
  const { token } = await params;
  if (!isReminderLink(settings().ROLLCALL_TOKEN_KEY, token))
    return (
      <Page title="This link is not complete" lead="Nothing was changed.">
        <p>
          A part of it got lost. Press the button to unsubscribe that your mail program shows with the
          reminder.
        </p>
      </Page>
    );
  if (oneOf((await searchParams).stopped))
    return (
      <Page title="No more reminders" lead="You will not be reminded of this invitation again.">
        <p>The invitation itself stays open until its day. If you want to join, use the link in the mail.</p>
      </Page>
    );
  return (
    <Page title="Reminders" lead="Do you want no more reminders of this invitation?">
      <form method="post" action={`/unsubscribe/${encodeURIComponent(token)}`}>
        <input type="hidden" name="button" value="yes" />
        <button type="submit" className="btn btn-primary w-full">
          Stop reminders
        </button>
      </form>
    </Page>
  );
}
