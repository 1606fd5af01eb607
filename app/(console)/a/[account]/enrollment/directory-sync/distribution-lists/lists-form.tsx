"use client";
import { ActionForm, useFormAnswer } from "#app/_components/action-form.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import type { FoundList } from "#lib/directory/find-lists.ts";
import { saveLists } from "./list-actions.ts";

type Chosen = { id: string; dn: string; name: string };
type Props = { seen: number; take: boolean; chosen: Chosen[]; found: FoundList[] };

export function ListsForm({ seen, take, chosen, found }: Props) {
  return (
    <ActionForm action={saveLists} className="space-y-5">
      <input type="hidden" name="seen" value={seen} />
      <label className="flex items-start gap-3">
        <input
          type="checkbox"
          name="take"
          className="checkbox mt-0.5"
          defaultChecked={take || found.length > 0}
        />
        <span className="font-medium">Import Distribution Lists from Active Directory</span>
      </label>
      {found.length > 0 && (
        <fieldset>
          <legend className="mb-1 font-medium">Found</legend>
          <Ticks lists={found} />
        </fieldset>
      )}
      <fieldset>
        <legend className="mb-1 font-medium">Chosen</legend>
        {chosen.length === 0 ? (
          <p className="text-base-content/75">None yet.</p>
        ) : (
          <Ticks lists={chosen} ticked />
        )}
      </fieldset>
      <SubmitButton>Save</SubmitButton>
    </ActionForm>
  );
}

function Ticks({
  lists,
  ticked = false,
}: {
  lists: (Chosen & { mail?: string | null })[];
  ticked?: boolean;
}) {
  const { values } = useFormAnswer();
  const isSent = values.seen !== undefined;
  return (
    <ul className="space-y-1">
      {lists.map(({ id, dn, name, mail }) => (
        <li key={id}>
          <label className="inline-flex items-start gap-3">
            <input
              type="checkbox"
              className="checkbox checkbox-sm mt-0.5"
              name={`list:${id}`}
              value={JSON.stringify([name, dn])}
              defaultChecked={isSent ? values[`list:${id}`] !== undefined : ticked}
            />
            <span className="min-w-0 break-words">
              {name}
              <span className="text-base-content/75"> {mail ?? dn}</span>
            </span>
          </label>
        </li>
      ))}
    </ul>
  );
}
