import { ActionForm } from "#app/_components/action-form.tsx";
import { Field } from "#app/_components/field.tsx";
import { Section } from "#app/_components/section.tsx";
import { SelectField } from "#app/_components/select-field.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import type { ConnectionView } from "#lib/sign-in/find-connection.ts";
import { addRule, removeRule } from "./sign-in-actions.ts";

type Props = { connection: ConnectionView; roles: { id: string; name: string }[] };

/** Who comes with which group gets which role, from their next sign-in on. */
export function RoleRules({ connection, roles }: Props) {
  return (
    <Section title="Roles by group">
      {connection.rules.length > 0 ? (
        <ul className="max-w-xl divide-y divide-base-300 border-base-300 border-y">
          {connection.rules.map((rule) => (
            <li
              key={`${rule.group} ${rule.roleId}`}
              className="flex flex-wrap items-center justify-between gap-3 py-2"
            >
              <span className="min-w-0 break-words">
                <strong className="font-semibold">{rule.group}</strong> gives {rule.roleName}
              </span>
              <ActionForm action={removeRule}>
                <input type="hidden" name="group" value={rule.group} />
                <input type="hidden" name="role" value={rule.roleId} />
                <SubmitButton className="btn btn-quiet btn-sm">
                  Remove <span className="sr-only">{`the rule for ${rule.group}`}</span>
                </SubmitButton>
              </ActionForm>
            </li>
          ))}
        </ul>
      ) : (
        <p className="max-w-prose">No group gives a role yet. Without rules groups change nobody's roles.</p>
      )}
      <ActionForm action={addRule} className="max-w-xl space-y-4">
        <Field name="group" label="Group" hint="As the provider names it in the claim." />
        <SelectField
          name="role"
          label="Role"
          hint="Only roles that may do no more than you may; never Owner."
          choices={roles.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <SubmitButton className="btn btn-quiet">Add</SubmitButton>
      </ActionForm>
    </Section>
  );
}
