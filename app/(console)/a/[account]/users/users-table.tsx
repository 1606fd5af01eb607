import type { BadgeData } from "#app/_components/badge.tsx";
import { userStatusBadge } from "#app/_components/status-badges.tsx";
import { Table } from "#app/_components/table.tsx";
import type { Column } from "#app/_components/table-cell.tsx";
import type { ListedUser } from "#lib/users/list-users.ts";
import { sourceWord } from "../source-word.ts";

const columns: Column[] = [
  { label: "Name", is: "name" },
  { label: "Email", className: "whole-line" },
  { label: "Status", is: "badge" },
  { label: "Managed", is: "badge" },
  { label: "Title", className: "narrow" },
  { label: "Department", className: "narrow" },
  { label: "Source" },
  { label: "Since", is: "day" },
];
const managed: BadgeData = ["good", "Managed"];

type Props = { users: ListedUser[]; base: string; pickable: boolean };

export function UsersTable({ users, base, pickable }: Props) {
  const [name, ...others] = columns;
  return (
    <Table
      label="Users"
      dense
      columns={[{ ...(name as Column), href: `${base}/users/` }, ...others]}
      pick={pickable}
      rows={users.map((user) => [
        [nameOf(user), user.id],
        user.email ?? "—",
        userStatusBadge(user.status),
        user.managed ? managed : null,
        user.title,
        user.department,
        sourceWord(user.source),
        user.createdAt.getTime(),
      ])}
    />
  );
}

const nameOf = ({ firstName, lastName, email }: ListedUser): string =>
  [firstName, lastName].filter(Boolean).join(" ") || email || "Without a name";
