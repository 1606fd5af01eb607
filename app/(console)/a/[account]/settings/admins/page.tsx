import type { Metadata } from "next";
import { ActionForm } from "#app/_components/action-form.tsx";
import { Field } from "#app/_components/field.tsx";
import { Page } from "#app/_components/page.tsx";
import { Pager } from "#app/_components/pager.tsx";
import { Section } from "#app/_components/section.tsx";
import { SelectField } from "#app/_components/select-field.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { listAdmins } from "#lib/roles/list-admins.ts";
import { listGroupRoles } from "#lib/roles/list-group-roles.ts";
import { listRoles } from "#lib/roles/list-roles.ts";
import { mayGive } from "#lib/roles/may-give.ts";
import { settingsCrumbs } from "../settings-crumbs.ts";
import { giveRole } from "./admin-actions.ts";
import { AdminsTable } from "./admins-table.tsx";
import { GroupRoles } from "./group-roles.tsx";

export const metadata: Metadata = { title: "Admins" };

type Query = Partial<Record<"after" | "before", string | string[]>>;
type Props = { params: Promise<{ account: string }>; searchParams: Promise<Query> };

export default async function AdminsPage({ params, searchParams }: Props) {
  const actor = await currentActor((await params).account, "roles.view");
  const query = await searchParams;
  const page = await listAdmins(actor, { after: cursorOf(query.after), before: cursorOf(query.before) });
  const groups = await listGroupRoles(actor);
  const choices = (await listRoles(actor))
    .filter((role) => mayGive(actor, role))
    .map((role) => ({ value: role.id, label: role.name }));
  const here = `/a/${actor.accountSlug}/settings/admins`;
  return (
    <Page
      title="Admins"
      crumbs={settingsCrumbs(actor)}
      lead="Who holds a role, and so may use this console. Whoever loses the last one is signed out at once."
    >
      <Section title="Give a role">
        <ActionForm action={giveRole} className="space-y-4">
          <div className="grid items-start gap-4 sm:grid-cols-[minmax(0,1fr)_16rem_auto]">
            <Field name="email" label="Email" type="email" autoComplete="off" />
            <SelectField
              name="roleId"
              label="Role"
              choices={[{ value: "", label: "Choose a role" }, ...choices]}
            />
            <SubmitButton className="btn btn-primary sm:mt-7">Give role</SubmitButton>
          </div>
        </ActionForm>
      </Section>
      <Section title="People">
        <AdminsTable actor={actor} admins={page.rows} />
        <Pager
          label="Pages of admins"
          previous={page.previous && `${here}?before=${page.previous}`}
          next={page.next && `${here}?after=${page.next}`}
        />
      </Section>
      <Section title="Groups">
        <GroupRoles actor={actor} choices={choices} {...groups} />
      </Section>
    </Page>
  );
}

/** What is no cursor counts as absent. */
const cursorOf = (value: string | string[] | undefined): string | undefined =>
  typeof value === "string" && /^[0-2]\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
    ? value
    : undefined;
