import { ActionForm } from "#app/_components/action-form.tsx";
import { Field } from "#app/_components/field.tsx";
import { number } from "#app/_components/number.ts";
import { SelectField } from "#app/_components/select-field.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { Table } from "#app/_components/table.tsx";
import type { UserActor } from "#lib/authorization/actor.ts";
import type { GroupRole } from "#lib/roles/list-group-roles.ts";
import { mayGive } from "#lib/roles/may-give.ts";
import { giveRoleToGroup, takeAwayFromGroup } from "./admin-actions.ts";

type Choice = { value: string; label: string };
type Props = { actor: UserActor; held: GroupRole[]; names: string[]; choices: Choice[] };

const columns = [
  { label: "Group" },
  { label: "Members", is: "figure" as const },
  { label: "Role" },
  { label: "Change" },
];

export function GroupRoles({ actor, held, names, choices }: Props) {
  return (
    <>
      {names.length === 0 ? (
        <p className="max-w-prose text-base-content/75">
          There are no groups yet. An import makes them, from the column Groups.
        </p>
      ) : (
        <GiveToGroup names={names} choices={choices} />
      )}
      {held.length > 0 && (
        <Table label="Groups with a role" columns={columns}>
          {held.map(({ groupId, groupName, members, role }) => (
            <tr key={`${groupId} ${role.id}`}>
              <th scope="row">{groupName}</th>
              <td data-label="Members" className="figure">
                {number(members)}
              </td>
              <td data-label="Role">{role.name}</td>
              <td data-label="Change">
                {mayGive(actor, role) && (
                  <ActionForm action={takeAwayFromGroup}>
                    <input type="hidden" name="roleId" value={role.id} />
                    <input type="hidden" name="groupId" value={groupId} />
                    <SubmitButton className="btn btn-quiet btn-xs">
                      Take away<span className="sr-only"> {`${role.name} from the group ${groupName}`}</span>
                    </SubmitButton>
                  </ActionForm>
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </>
  );
}

function GiveToGroup({ names, choices }: Pick<Props, "names" | "choices">) {
  return (
    <ActionForm action={giveRoleToGroup} className="space-y-4">
      <div className="grid items-start gap-4 sm:grid-cols-[minmax(0,1fr)_16rem_auto]">
        <Field name="group" label="Group" list="group-names" autoComplete="off" />
        <datalist id="group-names">
          {names.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <SelectField
          name="roleId"
          label="Role for the group"
          choices={[{ value: "", label: "Choose a role" }, ...choices]}
        />
        <SubmitButton className="btn btn-quiet sm:mt-7">Give role to group</SubmitButton>
      </div>
    </ActionForm>
  );
}
