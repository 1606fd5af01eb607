import type { Metadata } from "next";
import { ActionForm } from "#app/_components/action-form.tsx";
import { EmptyState } from "#app/_components/empty-state.tsx";
import { Field } from "#app/_components/field.tsx";
import { Page } from "#app/_components/page.tsx";
import { Section } from "#app/_components/section.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { TextArea } from "#app/_components/text-area.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { oneOf } from "#app/_web/query.ts";
import { compareVersions } from "#lib/directory/compare-versions.ts";
import { type DirectoryVersion, listVersions } from "#lib/directory/list-versions.ts";
import { syncCrumbs } from "../../../run-crumbs.ts";
import { bringSettings } from "./version-actions.ts";
import { Changes, VersionRow } from "./version-row.tsx";

export const metadata: Metadata = { title: "Versions of the settings" };

type Props = {
  params: Promise<{ account: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function VersionsPage({ params, searchParams }: Props) {
  const actor = await currentActor((await params).account, "directory.change");
  const query = await searchParams;
  const versions = await listVersions(actor);
  const present = versions[0]?.number ?? 0;
  const pick = (value: string | string[] | undefined) =>
    versions.find(({ number }) => String(number) === oneOf(value));
  const [from, to] = [pick(query.from), pick(query.to)];
  return (
    <Page
      title="Versions of the settings"
      crumbs={syncCrumbs(actor)}
      lead="Every set of settings that was saved. Each run says which one it went by."
    >
      {versions.length > 1 && <Compare versions={versions} from={from} to={to} />}
      {versions.length === 0 ? (
        <EmptyState title="Nothing is saved yet">
          The first version is made when the{" "}
          <a className="link" href={`/a/${actor.accountSlug}/enrollment/directory-sync/connection`}>
            connection
          </a>{" "}
          is saved.
        </EmptyState>
      ) : (
        <ul className="divide-y divide-base-300 rounded-box border border-base-300">
          {versions.map((version) => (
            <VersionRow
              key={version.number}
              version={version}
              present={present}
              here={`/a/${actor.accountSlug}/enrollment/directory-sync/versions`}
            />
          ))}
        </ul>
      )}
      <Section title="Import settings">
        <ActionForm action={bringSettings} className="max-w-xl space-y-4">
          <input type="hidden" name="seen" value={present} />
          <Field
            name="file"
            type="file"
            className="file-input w-full"
            accept=".json,application/json"
            label="Exported file"
            hint="What Export gave, here or at another account. The password is not in it."
          />
          <TextArea
            name="text"
            label="Exported settings"
            hint="Or paste what is in the file."
            rows={6}
            spellCheck={false}
          />
          <SubmitButton className="btn btn-quiet">Import</SubmitButton>
        </ActionForm>
      </Section>
    </Page>
  );
}

type CompareProps = { versions: DirectoryVersion[]; from?: DirectoryVersion; to?: DirectoryVersion };

/** Any two of them, by a form that only asks. */
function Compare({ versions, from, to }: CompareProps) {
  const choice = (name: "from" | "to", label: string, chosen: number | undefined) => (
    <label>
      <span className="mb-1 block font-medium">{label}</span>
      <select name={name} className="select" defaultValue={chosen}>
        {versions.map(({ number }) => (
          <option key={number} value={number}>
            Version {number}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <Section title="Compare">
      <form method="get" className="flex flex-wrap items-end gap-3">
        {choice("from", "From", from?.number ?? versions[1]?.number)}
        {choice("to", "To", to?.number ?? versions[0]?.number)}
        <button type="submit" className="btn btn-quiet">
          Compare
        </button>
      </form>
      {from && to && <Changes changes={compareVersions(from.settings, to.settings)} />}
    </Section>
  );
}
