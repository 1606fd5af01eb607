import type { Metadata } from "next";
import { ActionForm } from "#app/_components/action-form.tsx";
import { Field } from "#app/_components/field.tsx";
import { Page } from "#app/_components/page.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { settings } from "#app/_web/settings.ts";
import { findAccountSettings } from "#lib/accounts/find-account-settings.ts";
import { settingsCrumbs } from "../settings-crumbs.ts";
import { saveAccount } from "./account-actions.ts";

export const metadata: Metadata = { title: "Account settings" };

export default async function AccountSettingsPage({ params }: { params: Promise<{ account: string }> }) {
  const actor = await currentActor((await params).account, "account.change");
  const now = await findAccountSettings(actor);
  const percent = settings().ROLLCALL_REMOVAL_PERCENT;
  return (
    <Page
      title="Account settings"
      crumbs={settingsCrumbs(actor)}
      lead={`The address of this account, /a/${actor.accountSlug}, was given by the operator and stays.`}
    >
      <ActionForm action={saveAccount} className="max-w-xl space-y-5">
        <Field name="name" label="Name" hint="Stands in mails and at the top." defaultValue={now.name} />
        <Field
          name="invitationDays"
          label="Days that an invitation is good"
          hint="For invitations from now on; 1 to 90."
          inputMode="numeric"
          defaultValue={now.invitationDays}
        />
        <Field
          name="clearWord"
          label="Clear word"
          hint="A cell of an import that holds just this empties the field."
          defaultValue={now.clearWord}
        />
        <Field
          name="removalPercent"
          label="Percent of people that a file or a sync may remove without approval"
          hint={`The operator allows ${percent}. A lower number is stricter; nothing means ${percent}.`}
          inputMode="numeric"
          defaultValue={now.removalPercent ?? ""}
        />
        <Field
          name="longRunSeconds"
          label="Mail about an import that took longer than"
          hint="In seconds. Goes to whoever asked for the import and ticked the box."
          inputMode="numeric"
          defaultValue={now.longRunSeconds}
        />
        <SubmitButton>Save</SubmitButton>
      </ActionForm>
    </Page>
  );
}
