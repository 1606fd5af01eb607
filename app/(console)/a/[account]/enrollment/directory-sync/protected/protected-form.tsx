"use client";
import { ActionForm, useFormAnswer } from "#app/_components/action-form.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { TextArea } from "#app/_components/text-area.tsx";
import type { Protectable } from "#lib/directory/find-protected.ts";
import type { Rule } from "#lib/directory/settings.ts";
import { RuleRows } from "../rule-rows.tsx";
import { keepProtected } from "./protected-actions.ts";

type Props = Protectable & { seen: number; chosen: string[]; rules: Rule[] };

export function ProtectedForm({ seen, people, groups, chosen, rules }: Props) {
  const nameless = people.filter(({ address }) => address === null);
  return (
    <ActionForm action={keepProtected} className="max-w-3xl space-y-6">
      <input type="hidden" name="seen" value={seen} />
      <TextArea
        name="addresses"
        label="Users"
        hint="Addresses of people here, one a line."
        rows={5}
        spellCheck={false}
        defaultValue={people.flatMap(({ address }) => address ?? []).join("\n")}
      />
      {nameless.length > 0 && (
        <Ticks
          legend="Users without an address"
          name="user"
          items={nameless}
          chosen={nameless.map(({ id }) => id)}
        />
      )}
      {groups.length > 0 && <Ticks legend="Groups" name="group" items={groups} chosen={chosen} />}
      <RuleRows
        rules={rules}
        legend="Rules"
        hint="By what the directory says of people. Empty a value to take its rule away."
      />
      <SubmitButton>Save</SubmitButton>
    </ActionForm>
  );
}

type TicksProps = { legend: string; name: string; items: { id: string; name: string }[]; chosen: string[] };

function Ticks({ legend, name, items, chosen }: TicksProps) {
  const { values } = useFormAnswer();
  const isSent = values.seen !== undefined;
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{legend}</legend>
      <ul className="max-h-72 space-y-1 overflow-y-auto rounded-box border border-base-300 p-3">
        {items.map((item) => (
          <li key={item.id}>
            <label className="inline-flex items-start gap-3">
              <input
                type="checkbox"
                className="checkbox checkbox-sm mt-0.5"
                name={`${name}:${item.id}`}
                defaultChecked={
                  isSent ? values[`${name}:${item.id}`] !== undefined : chosen.includes(item.id)
                }
              />
              <span className="min-w-0 break-words">{item.name || "Without a name"}</span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
