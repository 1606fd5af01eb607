import { ActionForm } from "#app/_components/action-form.tsx";
import { Field } from "#app/_components/field.tsx";
import { SecretField } from "#app/_components/secret-field.tsx";
import { SelectField } from "#app/_components/select-field.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { TextArea } from "#app/_components/text-area.tsx";
import type { DirectoryView } from "#lib/directory/find-directory.ts";
import type { Drill } from "#lib/directory/find-drill.ts";
import { submitConnection } from "./connection-actions.ts";

const security = [
  { value: "ldaps", label: "LDAPS (usually port 636)" },
  { value: "starttls", label: "StartTLS (usually port 389)" },
  { value: "none", label: "None (only where the operator allows it)" },
];

type Props = { directory: DirectoryView; sample: Drill["address"] | null };

export function ConnectionForm({ directory, sample }: Props) {
  const saved = directory.settings.connection;
  return (
    <ActionForm action={submitConnection} className="max-w-xl space-y-5">
      <input type="hidden" name="seen" value={directory.version} />
      <Field
        name="host"
        label="Host Name"
        hint="Like ldap.example.com. The certificate must be for this name."
        autoComplete="off"
        defaultValue={saved?.host ?? sample?.host}
      />
      <Field
        name="port"
        label="Server Port"
        inputMode="numeric"
        autoComplete="off"
        defaultValue={saved?.port ?? sample?.ports.ldaps ?? 636}
      />
      <SelectField name="security" label="Security" choices={security} value={saved?.security ?? "ldaps"} />
      <TextArea
        name="ca"
        label="CA certificate"
        hint="Of your own certificate authority, in PEM. Empty: the authorities that everybody trusts."
        rows={4}
        spellCheck={false}
        defaultValue={saved?.ca ?? sample?.ca}
      />
      <Field
        name="baseDn"
        label="Base DN"
        hint="Below it people, units and lists are looked for, like dc=example,dc=com."
        autoComplete="off"
        spellCheck={false}
        defaultValue={saved?.baseDn ?? sample?.baseDn}
      />
      <Field
        name="bindDn"
        label="User ID"
        hint="Who Rollcall signs in as (bind DN). It needs to read, and nothing else."
        autoComplete="off"
        spellCheck={false}
        defaultValue={saved?.bindDn ?? sample?.bindDn}
      />
      <SecretField
        key={directory.version}
        name="password"
        label="Password"
        hint={
          directory.hasPassword
            ? "One is kept. Leave empty to keep it; after a change of host, port, security, certificate or User ID it is asked for again."
            : "It is sealed, and never shown again."
        }
        given={sample?.password}
      />
      <div className="flex flex-wrap gap-3">
        <SubmitButton name="what" value="save" meanwhile="Saving and testing…">
          Save
        </SubmitButton>
        <SubmitButton className="btn btn-quiet" name="what" value="test" meanwhile="Testing…">
          Test Connection
        </SubmitButton>
      </div>
    </ActionForm>
  );
}
