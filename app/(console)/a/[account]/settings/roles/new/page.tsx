import type { Metadata } from "next";
import { Page } from "#app/_components/page.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { settingsCrumbs } from "../../settings-crumbs.ts";
import { addRole } from "../role-actions.ts";
import { RoleForm } from "../role-form.tsx";

export const metadata: Metadata = { title: "New role" };

export default async function NewRolePage({ params }: { params: Promise<{ account: string }> }) {
  const actor = await currentActor((await params).account, "roles.change");
  const roles = { href: `/a/${actor.accountSlug}/settings/roles`, label: "Roles" };
  return (
    <Page title="New role" crumbs={settingsCrumbs(actor, roles)}>
      <RoleForm actor={actor} action={addRole} button="Make role" />
    </Page>
  );
}
