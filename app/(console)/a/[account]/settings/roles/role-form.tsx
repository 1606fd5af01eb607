import { ActionForm } from "#app/_components/action-form.tsx";
import { Field } from "#app/_components/field.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import type { FormState } from "#app/_web/form-state.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { type Privilege, privileges } from "#lib/authorization/permissions.ts";
import type { Role } from "#lib/roles/may-give.ts";
import { PrivilegeBoxes } from "./privilege-boxes.tsx";
import { boxOf } from "./role-boxes.ts";

type Props = {
  actor: UserActor;
  action: (state: FormState, form: FormData) => Promise<FormState>;
  role?: Role;
  button: string;
};

export function RoleForm({ actor, action, role, button }: Props) {
  const boxes = (Object.keys(privileges) as Privilege[]).map((privilege) => ({
    name: boxOf(privilege),
    label: privileges[privilege],
    held: role?.privileges.includes(privilege) ?? false,
    mayGive: actor.privileges.has(privilege),
  }));
  return (
    <ActionForm action={action} className="max-w-2xl space-y-5">
      {role && <input type="hidden" name="role" value={role.id} />}
      <Field name="name" label="Name" defaultValue={role?.name} maxLength={60} autoComplete="off" />
      <Field
        name="description"
        label="Description"
        defaultValue={role?.description ?? ""}
        maxLength={200}
        autoComplete="off"
      />
      <PrivilegeBoxes boxes={boxes} />
      <p className="text-base-content/75 text-sm">You can give only privileges that you hold yourself.</p>
      <SubmitButton>{button}</SubmitButton>
    </ActionForm>
  );
}
