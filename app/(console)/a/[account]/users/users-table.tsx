import { Badge } from "#app/_components/badge.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { UserStatusBadge } from "#app/_components/status-badges.tsx";
import { Table } from "#app/_components/table.tsx";
import type { ListedUser } from "#lib/users/list-users.ts";

const columns = ["Name", "Email", "Status", "Managed", "Title", "Department", "Source", "Since"].map(
  (label) => ({
    label,
  }),
);

type Props = { users: ListedUser[]; base: string; pickable: boolean };

export function UsersTable({ users, base, pickable }: Props) {
  return (
    <Table label="Users" columns={pickable ? [{ label: "Pick" }, ...columns] : columns}>
      {users.map((user) => (
        <UserRow key={user.id} user={user} base={base} pickable={pickable} />
      ))}
    </Table>
  );
}

function UserRow({ user, base, pickable }: { user: ListedUser; base: string; pickable: boolean }) {
  const name = [user.firstName, user.lastName].filter(Boolean).join(" ");
  return (
    <tr>
      {pickable && (
        <td data-label="Pick" className="w-10">
          <input
            type="checkbox"
            name={`pick.${user.id}`}
            className="checkbox checkbox-sm"
            aria-label={`Pick ${name || user.email || "a person without a name"}`}
          />
        </td>
      )}
      <th scope="row" className="row-name sm:min-w-40 sm:max-w-72 font-medium!">
        <a className="link" href={`${base}/users/${user.id}`}>
          <bdi>{name || user.email || "Without a name"}</bdi>
        </a>
      </th>
      <td data-label="Email" className="whole-line sm:max-w-80 break-words">
        {user.email ?? "—"}
      </td>
      <td data-label="Status">
        <UserStatusBadge status={user.status} />
      </td>
      <td data-label="Managed" className={user.managed ? "" : "max-sm:hidden!"}>
        {user.managed && <Badge tone="good">Managed</Badge>}
      </td>
      <td data-label="Title" className="sm:min-w-32 sm:max-w-64 break-words">
        {user.title}
      </td>
      <td data-label="Department" className="sm:max-w-64 break-words">
        {user.department}
      </td>
      <td data-label="Source" className="whitespace-nowrap">
        {user.source}
      </td>
      <td data-label="Since">
        <Moment at={user.createdAt} only="day" />
      </td>
    </tr>
  );
}
