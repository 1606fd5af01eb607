import { ActionForm } from "#app/_components/action-form.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { countOf } from "#app/_components/number.ts";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import type { SettingChange } from "#lib/directory/compare-versions.ts";
import type { DirectoryVersion } from "#lib/directory/list-versions.ts";
import { settingWord } from "#lib/directory/setting-words.ts";
import { bringBack } from "./version-actions.ts";

const steps: Record<DirectoryVersion["step"], string> = {
  connection: "Connection",
  "organizational-units": "Organizational units",
  "distribution-lists": "Distribution lists",
  users: "Users",
  protected: "Exclusions",
  schedule: "Schedule",
  restored: "Restored",
  imported: "Imported",
};

type Props = { version: DirectoryVersion; present: number; here: string };

export function VersionRow({ version, present, here }: Props) {
  const { number, step, savedBy, savedAt, changes, runs } = version;
  return (
    <li className="space-y-2 px-5 py-4">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <p>
          <strong className="font-semibold">Version {number}</strong>
          {number === present && " (holds now)"}: {steps[step]}, by {savedBy}, <Moment at={savedAt} />,{" "}
          {runs === 0 ? "no run yet" : countOf(runs, "run")}
        </p>
        <div className="flex flex-wrap gap-3">
          <a className="btn btn-quiet btn-sm" href={`${here}/${number}/export`} download>
            Export
          </a>
          {number !== present && (
            <ActionForm action={bringBack}>
              <input type="hidden" name="number" value={number} />
              <input type="hidden" name="seen" value={present} />
              <SubmitButton className="btn btn-quiet btn-sm">Restore</SubmitButton>
            </ActionForm>
          )}
        </div>
      </div>
      <details>
        <summary className="cursor-pointer text-base-content/75 text-sm">
          {countOf(changes.length, "setting")} changed
        </summary>
        <Changes changes={changes} />
      </details>
    </li>
  );
}

const shown = (value: string | null): string => value ?? "nothing";

export function Changes({ changes }: { changes: SettingChange[] }) {
  if (changes.length === 0) return <p>They are alike.</p>;
  return (
    <ul className="mt-2 space-y-1 text-sm">
      {changes.map(({ field, before, after }) => (
        <li key={field} className="break-words">
          <span className="font-medium">{settingWord(field)}</span>: {shown(before)} → {shown(after)}
        </li>
      ))}
    </ul>
  );
}
