import { ActionForm } from "#app/_components/action-form.tsx";
import { Field } from "#app/_components/field.tsx";
import { SelectField } from "#app/_components/select-field.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { fieldLabel } from "#lib/imports/fields.ts";
import { mailLanguages } from "#lib/mail/mail-language.ts";
import { profileFields } from "#lib/users/profile-fields.ts";
import type { UserView } from "#lib/users/user-view.ts";
import { saveUser } from "./edit-actions.ts";
import { KeptValue } from "./kept-value.tsx";

/** Carries what it was filled with, so that what somebody else changes meanwhile is seen and told. */
export function EditForm({ user, here }: { user: UserView; here: string }) {
  return (
    <ActionForm action={saveUser} className="max-w-3xl space-y-6">
      <input type="hidden" name="user" value={user.id} />
      <KeptValue name="version" value={String(user.version)} />
      <KeptValue name="shown_email" value={user.email ?? ""} />
      {profileFields.map((field) => (
        <KeptValue key={field} name={`shown_${field}`} value={user.fields[field] ?? ""} />
      ))}
      <Field
        name="email"
        label={fieldLabel("email")}
        hint={addressHint(user)}
        defaultValue={user.email ?? ""}
        inputMode="email"
        autoComplete="off"
      />
      <div className="grid gap-4 sm:grid-cols-2">
        {profileFields.map((field) =>
          field === "language" ? (
            <SelectField
              key={field}
              name={field}
              label={fieldLabel(field)}
              choices={languages(user.fields.language)}
              value={user.fields.language ?? ""}
            />
          ) : (
            <Field
              key={field}
              name={field}
              label={fieldLabel(field)}
              defaultValue={user.fields[field] ?? ""}
              autoComplete="off"
            />
          ),
        )}
      </div>
      <div className="flex flex-wrap gap-3">
        <SubmitButton>Save</SubmitButton>
        <a className="btn btn-quiet" href={here}>
          Cancel
        </a>
      </div>
    </ActionForm>
  );
}

/** Whatever a directory has brought stays until somebody chooses another. */
function languages(now: string | null) {
  const ours = Object.entries(mailLanguages).map(([value, label]) => ({ value, label }));
  const other = now !== null && !ours.some(({ value }) => value === now) ? [{ value: now, label: now }] : [];
  return [{ value: "", label: "As the account" }, ...ours, ...other];
}

function addressHint(user: UserView): string {
  if (user.email === null) return "An address of a domain of this account.";
  return user.hasJoined
    ? "Another address ends their sessions, and links that were mailed to the old one. They sign in with the new one."
    : "Another address revokes an open invitation: its links stop working.";
}
