"use client";
import { ActionForm, useFormAnswer } from "#app/_components/action-form.tsx";
import { Field } from "#app/_components/field.tsx";
import { countOf } from "#app/_components/number.ts";
import { SelectField } from "#app/_components/select-field.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { TextArea } from "#app/_components/text-area.tsx";
import type { RuleImpact } from "#lib/directory/find-rule-impact.ts";
import type { UserSettings } from "#lib/directory/settings.ts";
import { fieldLabel } from "#lib/imports/fields.ts";
import { profileFields } from "#lib/users/profile-fields.ts";
import { RuleRows } from "../rule-rows.tsx";
import { saveUsers } from "./users-actions.ts";

type Defaults = Partial<Record<string, readonly string[]>>;
type Props = { seen: number; users: UserSettings; defaults: Defaults; impact: RuleImpact[] };

const mappings = [
  { value: "default", label: "Default for this kind of server" },
  { value: "custom", label: "Own choice" },
];

export function UsersForm({ seen, users, defaults, impact }: Props) {
  return (
    <ActionForm action={saveUsers} className="max-w-3xl space-y-6">
      <input type="hidden" name="seen" value={seen} />
      <Attributes users={users} defaults={defaults} />
      <TextArea
        name="inclusion"
        label="Inclusion Rules"
        hint="An LDAP filter, like (&(departmentNumber=Sales)(l=Berlin)). Empty: everybody. Who does not match counts as gone."
        rows={3}
        spellCheck={false}
        defaultValue={users.inclusion}
      />
      <RuleRows
        rules={users.exclusions}
        told={impact.map(toldOf)}
        legend="Exclusion Rules"
        hint="Who matches is not brought in if new, and left untouched if known; nobody is removed by them. Empty a value to take its rule away."
      />
      <Tick name="inviteNew" label="Invite new people at once" ticked={users.inviteNew} />
      <fieldset className="grid gap-5 sm:grid-cols-2">
        <legend className="mb-2 font-medium">Disabled by an attribute of your choice</legend>
        <Field
          name="disabledAttribute"
          label="Attribute"
          hint="Besides what the server says. Empty: none."
          defaultValue={users.disabledBy?.attribute}
        />
        <Field
          name="disabledValue"
          label="Value"
          hint="Who has it counts as disabled."
          defaultValue={users.disabledBy?.value}
        />
      </fieldset>
      <SubmitButton>Save</SubmitButton>
    </ActionForm>
  );
}

const toldOf = ({ people, names }: RuleImpact): string =>
  people === 0
    ? "Leaves out nobody of the last sync."
    : `Leaves out ${countOf(people, "person", "people")}: ${names.join(", ")}${people > names.length ? ", …" : ""}`;

function Attributes({ users, defaults }: Pick<Props, "users" | "defaults">) {
  return (
    <fieldset className="space-y-3">
      <legend className="mb-1 font-medium">User Attributes</legend>
      <SelectField
        name="mapping"
        label="Which attributes are taken"
        choices={mappings}
        value={users.mapping}
      />
      <p className="text-base-content/75 text-sm">
        With an own choice, a field whose box is empty is kept as it is here. The default stands beside each.
      </p>
      <div className="grid gap-x-5 gap-y-3 sm:grid-cols-2">
        {(["email", ...profileFields] as const).map((field) => (
          <Field
            key={field}
            name={`attribute:${field}`}
            label={fieldLabel(field)}
            hint={`Default: ${defaults[field]?.join(", else ") ?? "none"}`}
            autoComplete="off"
            spellCheck={false}
            defaultValue={users.attributes[field] ?? ""}
          />
        ))}
      </div>
    </fieldset>
  );
}

function Tick({ name, label, ticked }: { name: string; label: string; ticked: boolean }) {
  const { values } = useFormAnswer();
  return (
    <label className="flex items-start gap-3">
      <input
        type="checkbox"
        className="checkbox mt-0.5"
        name={name}
        defaultChecked={values.seen === undefined ? ticked : values[name] !== undefined}
      />
      <span className="font-medium">{label}</span>
    </label>
  );
}
