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
          <th scope="row" className="row-name min-w-40 max-w-72 font-medium!">
            <bdi>{[user.firstName, user.lastName].filter(Boolean).join(" ") || "—"}</bdi>
          </th>
          <td className="max-w-80 break-words">{user.email ?? "—"}</td>
          <td>
            <UserStatusBadge status={user.status} />
          </td>
          <td className="min-w-32 max-w-64 break-words">{user.title}</td>
          <td className="max-w-64 break-words">{user.department}</td>
          <td className="whitespace-nowrap">{user.source}</td>
          <td>
            <Moment at={user.createdAt} only="day" />
          </td>
        </tr>
      ))}
    </Table>
  );
}
