import type { Metadata } from "next";
import { ActionForm } from "#app/_components/action-form.tsx";
import { EmptyState } from "#app/_components/empty-state.tsx";
import { cappedCount } from "#app/_components/number.ts";
import { Page } from "#app/_components/page.tsx";
import { Pager } from "#app/_components/pager.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { idOf } from "#app/_web/query.ts";
import { listUnknownMails } from "#lib/mail/list-unknown-mails.ts";
import { decide } from "../mail-actions.ts";
import { UnknownTable } from "./unknown-table.tsx";

export const metadata: Metadata = { title: "Mails that may not have arrived" };

type Query = Partial<Record<"after" | "before", string | string[]>>;
type Props = { params: Promise<{ account: string }>; searchParams: Promise<Query> };

export default async function UnknownMailsPage({ params, searchParams }: Props) {
  const actor = await currentActor((await params).account, "mails.decide");
  const query = await searchParams;
  const listed = await listUnknownMails(actor, { after: idOf(query.after), before: idOf(query.before) });
  const { mails, previous, next, matching } = listed;
  const here = `/a/${actor.accountSlug}/mails/unknown`;
  return (
    <Page
      title="Mails that may not have arrived"
      crumbs={[{ href: `/a/${actor.accountSlug}`, label: actor.accountName }]}
      lead="The provider never said whether it took these. Send again, and they may arrive twice; leave them, and they may not have arrived at all."
    >
      {mails.length === 0 ? (
        <EmptyState title="Nothing to decide">No mail is in doubt.</EmptyState>
      ) : (
        <ActionForm action={decide} className="space-y-4">
          <fieldset className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-box border border-base-300 bg-base-200 px-4 py-3">
            <legend className="sr-only">What to do</legend>
            <label className="flex items-center gap-2">
              <input type="checkbox" name="all" value="yes" className="checkbox checkbox-sm" />
              All ({cappedCount(matching)})
            </label>
            <span className="text-base-content/75 text-sm">or tick mails below, then</span>
            <SubmitButton className="btn btn-primary btn-sm" name="decision" value="send_again">
              Send again
            </SubmitButton>
            <SubmitButton className="btn btn-quiet btn-sm" name="decision" value="leave">
              Leave it
            </SubmitButton>
          </fieldset>
          <UnknownTable mails={mails} />
        </ActionForm>
      )}
      <Pager
        label="Pages of mails"
        first={here}
        previous={previous && `${here}?before=${previous}`}
        next={next && `${here}?after=${next}`}
      />
    </Page>
  );
}
