import { ActionForm } from "#app/_components/action-form.tsx";
import { Field } from "#app/_components/field.tsx";
import { SecretField } from "#app/_components/secret-field.tsx";
import { Section } from "#app/_components/section.tsx";
import { SelectField } from "#app/_components/select-field.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import type { ConnectionView } from "#lib/sign-in/find-connection.ts";
import { submitConnection } from "./sign-in-actions.ts";

type Props = { connection: ConnectionView | null; redirectUri: string };

const modes = [
  { value: "add", label: "Give roles besides those given here" },
  { value: "replace", label: "Be all the roles that a person has (but Owner)" },
];

export function ConnectionForm({ connection, redirectUri }: Props) {
  return (
    <Section title="Identity provider">
      <RedirectUri connection={connection} redirectUri={redirectUri} />
      <ActionForm action={submitConnection} className="max-w-xl space-y-5">
        <Field name="name" label="Name" hint="What admins call it." defaultValue={connection?.name} />
        <Field
          name="issuer"
          label="Issuer"
          hint="The address of the provider, exactly as it calls itself."
          inputMode="url"
          defaultValue={connection?.issuer}
        />
        <Field name="clientId" label="Client ID" autoComplete="off" defaultValue={connection?.clientId} />
        <SecretField
          key={connection?.savedAt}
          name="clientSecret"
          label="Client secret"
          hint={
            connection?.hasSecret
              ? "One is kept. Leave empty to keep it."
              : "It is sealed, and never shown again."
          }
        />
        <Field
          name="groupsClaim"
          label="Groups claim"
          hint="What the provider calls the groups of a person."
          defaultValue={connection?.groupsClaim ?? "groups"}
        />
        <SelectField
          name="rolesMode"
          label="What groups do"
          choices={modes}
          value={connection?.rolesMode ?? "add"}
        />
        <label className="flex items-start gap-3">
          <input
            type="checkbox"
            name="trustsAddresses"
            className="checkbox mt-0.5"
            defaultChecked={connection?.trustsAddresses}
          />
          <span>
            The provider does not say whether addresses are confirmed (email_verified). Take those of our
            domains as they come.
          </span>
        </label>
        <div className="flex flex-wrap gap-3">
          <SubmitButton name="what" value="save">
            Save
          </SubmitButton>
          <SubmitButton className="btn btn-quiet" name="what" value="test">
            Test Connection
          </SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}

function RedirectUri({ connection, redirectUri }: Props) {
  if (!connection)
    return <p className="max-w-prose">After the first Save the redirect URI for the provider stands here.</p>;
  return (
    <label className="block max-w-xl">
      <span className="mb-1 block font-medium">Redirect URI</span>
      <span className="mb-1 block text-base-content/75 text-sm">
        Copy it to the client's settings at the provider.
      </span>
      <input className="input w-full font-mono text-sm" readOnly value={redirectUri + connection.id} />
    </label>
  );
}
