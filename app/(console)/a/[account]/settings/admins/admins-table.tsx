import { ActionForm } from "#app/_components/action-form.tsx";
import { Badge } from "#app/_components/badge.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { Table } from "#app/_components/table.tsx";
import type { UserActor } from "#lib/authorization/actor.ts";
import type { Admin, HeldRole } from "#lib/roles/list-admins.ts";
import { mayGive } from "#lib/roles/may-give.ts";
import { takeAway } from "./admin-actions.ts";

const columns = ["Name", "Email", "Roles"].map((label) => ({ label }));

export function AdminsTable({ actor, admins }: { actor: UserActor; admins: Admin[] }) {
  return (
    <Table label="Admins" columns={columns}>
      {admins.map((admin) => (
        <tr key={admin.userId}>
          <th scope="row">
            <bdi>{admin.name}</bdi>
            {admin.userId === actor.userId && " (you)"}
            {standing[admin.status] && (
              <>
                {" "}
                <Badge tone="warn">{standing[admin.status]}</Badge>
              </>
            )}
          </th>
          <td data-label="Email" className="whole-line sm:max-w-80 break-words">
            {admin.email ?? "—"}
          </td>
          <td data-label="Roles" className="whole-line">
            <ul className="space-y-1">
              {admin.roles.map((role) => (
                <li
                  key={`${role.id} ${role.via} ${role.group}`}
                  className="flex flex-wrap items-center gap-x-3 gap-y-1"
                >
                  <span className="font-medium">{role.name}</span>
                  {role.via !== "manual" && <span className="text-base-content/75">{how(role)}</span>}
                  {role.via === "manual" && mayGive(actor, role) && <TakeAway admin={admin} role={role} />}
                </li>
              ))}
            </ul>
          </td>
        </tr>
      ))}
    </Table>
  );
}

const standing: Record<string, string> = {
  suspended: "Suspended",
  invited: "Invited",
  not_invited: "Not Invited",
};

const how = (role: HeldRole) =>
  role.via === "group" ? `through the group ${role.group}` : "by the identity provider";

function TakeAway({ admin, role }: { admin: Admin; role: HeldRole }) {
  return (
    <ActionForm action={takeAway}>
      <input type="hidden" name="roleId" value={role.id} />
      <input type="hidden" name="userId" value={admin.userId} />
      <SubmitButton className="btn btn-quiet btn-xs">
        Take away<span className="sr-only"> {`${role.name} from ${admin.name}`}</span>
      </SubmitButton>
    </ActionForm>
  );
}
