import type { Metadata } from "next";
import { number } from "#app/_components/number.ts";
import { Page } from "#app/_components/page.tsx";
import { Table } from "#app/_components/table.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { privileges } from "#lib/authorization/permissions.ts";
import { type ListedRole, listRoles } from "#lib/roles/list-roles.ts";
import { settingsCrumbs } from "../settings-crumbs.ts";

export const metadata: Metadata = { title: "Roles" };

const columns = [
  { label: "Role" },
  { label: "Description" },
  { label: "Privileges" },
  { label: "People", is: "figure" as const },
  { label: "Groups", is: "figure" as const },
];

export default async function RolesPage({ params }: { params: Promise<{ account: string }> }) {
  const actor = await currentActor((await params).account, "roles.view");
  const here = `/a/${actor.accountSlug}/settings/roles`;
  return (
    <Page
      title="Roles"
      crumbs={settingsCrumbs(actor)}
      lead="A role is a named set of privileges. Who holds which is on the page Admins."
      actions={
        isAllowed(actor, "roles.change") && (
          <a className="btn btn-primary" href={`${here}/new`}>
            New role
          </a>
        )
      }
    >
      <Table label="Roles" columns={columns}>
        {(await listRoles(actor)).map((role) => (
          <RoleRow key={role.id} role={role} href={`${here}/${role.id}`} />
        ))}
      </Table>
    </Page>
  );
}

function RoleRow({ role, href }: { role: ListedRole; href: string }) {
  return (
    <tr>
      <th scope="row" className="sm:min-w-32">
        <a className="link" href={href}>
          {role.name}
        </a>
      </th>
      <td data-label="Description" className="whole-line sm:max-w-72 break-words">
        {role.description ?? builtIn[role.kind]}
      </td>
      <td data-label="Privileges" className="whole-line sm:max-w-96">
        {role.privileges.length === Object.keys(privileges).length
          ? "All"
          : role.privileges.map((privilege) => privileges[privilege] ?? privilege).join(", ") || "None"}
      </td>
      <td data-label="People" className="figure">
        {number(role.people)}
      </td>
      <td data-label="Groups" className="figure">
        {number(role.groups)}
      </td>
    </tr>
  );
}

const builtIn = {
  owner: "Everything, and the only one who gives or takes Owner.",
  admin: "Everything but to give or take Owner.",
  custom: "",
};
