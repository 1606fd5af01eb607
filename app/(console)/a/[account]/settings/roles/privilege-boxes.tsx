"use client";
import { useFormAnswer } from "#app/_components/action-form.tsx";

type Box = { name: string; label: string; held: boolean; mayGive: boolean };

/** A box a privilege. Those that the editor lacks are shown and cannot be ticked. */
export function PrivilegeBoxes({ boxes }: { boxes: Box[] }) {
  const { values } = useFormAnswer();
  const cameBack = Object.keys(values).length > 0;
  return (
    <fieldset>
      <legend className="mb-1 font-medium">Privileges</legend>
      <div className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
        {boxes.map(({ name, label, held, mayGive }) => (
          <label key={`${name} ${values[name]}`} className="flex items-center gap-2.5 py-1">
            <input
              type="checkbox"
              name={name}
              className="checkbox checkbox-sm"
              defaultChecked={cameBack ? values[name] === "on" : held}
              disabled={!mayGive}
            />
            <span className={mayGive ? "" : "text-base-content/75"}>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
