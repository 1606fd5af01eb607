import type { Metadata } from "next";
import { ActionForm } from "#app/_components/action-form.tsx";
import { Page } from "#app/_components/page.tsx";
import { Section } from "#app/_components/section.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { noSuchPage } from "#app/_web/no-such-page.ts";
import { isId } from "#app/_web/query.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { privileges } from "#lib/authorization/permissions.ts";
import { findRole } from "#lib/roles/find-role.ts";
import { mayGive, type Role } from "#lib/roles/may-give.ts";
import { settingsCrumbs } from "../../settings-crumbs.ts";
import { changeRole, removeRole } from "../role-actions.ts";
import { RoleForm } from "../role-form.tsx";

export const metadata: Metadata = { title: "Role" };

export default async function RolePage({ params }: { params: Promise<{ account: string; id: string }> }) {
  const { account, id } = await params;
  const actor = await currentActor(account, "roles.view");
  const role = isId(id) ? await findRole(actor, id) : null;
  if (!role) noSuchPage();
  const roles = { href: `/a/${actor.accountSlug}/settings/roles`, label: "Roles" };
  return (
    <Page title={role.name} crumbs={settingsCrumbs(actor, roles)} lead={role.description}>
      {mayChange(actor, role) ? (
        <>
          <RoleForm actor={actor} action={changeRole} role={role} button="Save" />
          <Delete role={role} />
        </>
      ) : (
        <Fixed role={role} />
      )}
    </Page>
  );
}

const mayChange = (actor: UserActor, role: Role) =>
  role.kind === "custom" && isAllowed(actor, "roles.change") && mayGive(actor, role);

function Delete({ role }: { role: Role }) {
  return (
    <Section title="Delete this role">
      <ActionForm action={removeRole} className="space-y-3">
        <input type="hidden" name="role" value={role.id} />
        <p className="max-w-prose">A role that somebody holds is not deleted.</p>
        <SubmitButton className="btn btn-error">Delete role</SubmitButton>
      </ActionForm>
    </Section>
  );
}

function Fixed({ role }: { role: Role }) {
  return (
    <>
      <p className="max-w-prose">
        {role.kind === "custom"
          ? "This role has privileges that you do not hold, so that you cannot change it."
          : "This role is built in and cannot be changed."}
      </p>
      <Section title="Privileges">
        <ul className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
          {role.privileges.map((privilege) => (
            <li key={privilege}>{privileges[privilege] ?? privilege}</li>
          ))}
        </ul>
      </Section>
    </>
  );
}
