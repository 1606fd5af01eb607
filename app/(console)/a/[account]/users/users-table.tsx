import { Moment } from "#app/_components/moment.tsx";
import { UserStatusBadge } from "#app/_components/status-badges.tsx";
import { Table } from "#app/_components/table.tsx";
import type { ListedUser } from "#lib/users/list-users.ts";

const columns = ["Name", "Email", "Status", "Title", "Department", "Source", "Since"].map((label) => ({
  label,
}));

export function UsersTable({ users }: { users: ListedUser[] }) {
  return (
    <Table label="Users" columns={columns}>
      {users.map((user) => (
        <tr key={user.id}>
          <th scope="row" className="row-name sm:min-w-40 sm:max-w-72 font-medium!">
            <bdi>{[user.firstName, user.lastName].filter(Boolean).join(" ") || "—"}</bdi>
          </th>
          <td data-label="Email" className="whole-line sm:max-w-80 break-words">
            {user.email ?? "—"}
          </td>
          <td data-label="Status">
            <UserStatusBadge status={user.status} />
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
      ))}
    </Table>
  );
}
