import { ActionForm } from "#app/_components/action-form.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import type { DirectoryView } from "#lib/directory/find-directory.ts";
import { saveConnector } from "./sync-actions.ts";

const choices = [
  ["cloud", "Cloud-Based Connector", "Rollcall asks the directory itself."],
  [
    "agent",
    "Directory Agent",
    "A small program in your own network asks the directory; no agent is connected.",
  ],
] as const;

/** How the directory is reached. */
export function ConnectorChoice({ directory, here }: { directory: DirectoryView; here: string }) {
  return (
    <ActionForm action={saveConnector} className="space-y-3">
      <input type="hidden" name="seen" value={directory.version} />
      <fieldset className="space-y-2">
        <legend className="mb-1 text-base-content/75">How the directory is reached</legend>
        {choices.map(([value, label, hint]) => (
          <label key={value} className="flex items-start gap-3">
            <input
              type="radio"
              className="radio radio-sm mt-1"
              name="connector"
              value={value}
              defaultChecked={directory.settings.connector === value}
            />
            <span>
              <span className="font-medium">{label}</span>
              <span className="block text-base-content/75 text-sm">{hint}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="flex flex-wrap gap-3">
        <SubmitButton className="btn btn-quiet">Save</SubmitButton>
        <a className="btn btn-quiet" href={`${here}/connection`}>
          Configure
        </a>
      </div>
    </ActionForm>
  );
}
