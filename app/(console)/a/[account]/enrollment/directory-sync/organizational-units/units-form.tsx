"use client";
import { ActionForm, useFormAnswer } from "#app/_components/action-form.tsx";
import { countOf } from "#app/_components/number.ts";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import type { UnitNode } from "#lib/directory/read-unit-tree.ts";
import { saveUnits } from "./unit-actions.ts";

type Chosen = { id: string; dn: string; name: string };
type Props = { seen: number; take: "all" | "none" | "specific"; chosen: Chosen[]; tree: UnitNode[] | null };

const choices = [
  ["all", "Import all Organization Units"],
  ["none", "Not import any unit"],
  ["specific", "Import specific units"],
] as const;

const hints = {
  all: "Everybody below the Base DN; each unit becomes a group.",
  none: "Everybody below the Base DN, without groups of units.",
  specific: "Only people of the units that are ticked, and of those below them.",
};

export function UnitsForm({ seen, take, chosen, tree }: Props) {
  return (
    <ActionForm action={saveUnits} className="space-y-5">
      <input type="hidden" name="seen" value={seen} />
      <Choices take={take} />
      <fieldset className="space-y-2">
        <legend className="mb-1 font-medium">Units</legend>
        {tree?.length === 0 && <p>There are no organizational units below the Base DN.</p>}
        {tree ? (
          <Branch nodes={tree} chosen={new Set(chosen.map(({ id }) => id))} open />
        ) : (
          <ul className="space-y-1">
            {chosen.map((unit) => (
              <li key={unit.id}>
                <Tick unit={unit} ticked />
              </li>
            ))}
          </ul>
        )}
      </fieldset>
      <SubmitButton>Save</SubmitButton>
    </ActionForm>
  );
}

function Choices({ take }: Pick<Props, "take">) {
  const { values, errors } = useFormAnswer();
  return (
    <fieldset className="space-y-2">
      <legend className="sr-only">Which units</legend>
      {choices.map(([value, label]) => (
        <label key={value} className="flex items-start gap-3">
          <input
            type="radio"
            className="radio radio-sm mt-1"
            name="take"
            value={value}
            defaultChecked={(values.take ?? take) === value}
          />
          <span>
            <span className="font-medium">{label}</span>
            <span className="block text-base-content/75 text-sm">{hints[value]}</span>
          </span>
        </label>
      ))}
      {errors.take && (
        <p role="alert" className="text-error text-sm">
          {errors.take}
        </p>
      )}
    </fieldset>
  );
}

type BranchProps = { nodes: UnitNode[]; chosen: ReadonlySet<string>; open?: boolean };

/** The browser's own folding, so that it works without scripts; what is ticked further down stands open. */
function Branch({ nodes, chosen, open = false }: BranchProps) {
  return (
    <ul className={open ? "space-y-1" : "mt-1 space-y-1 border-base-300 border-l pl-5"}>
      {nodes.map((node) => (
        <li key={node.id}>
          <Tick unit={node} ticked={chosen.has(node.id)} people={node.people} />
          {node.below.length > 0 && (
            <details open={open || holds(node.below, chosen)} className="ml-2">
              <summary className="cursor-pointer text-base-content/75 text-sm">
                {countOf(node.below.length, "unit")} in {node.name}
              </summary>
              <Branch nodes={node.below} chosen={chosen} />
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}

const holds = (nodes: UnitNode[], chosen: ReadonlySet<string>): boolean =>
  nodes.some(({ id, below }) => chosen.has(id) || holds(below, chosen));

type TickProps = { unit: Chosen; ticked: boolean; people?: number | null };

function Tick({ unit, ticked, people }: TickProps) {
  const { values } = useFormAnswer();
  const name = `unit:${unit.id}`;
  const isSent = values.take !== undefined;
  return (
    <label className="inline-flex items-start gap-3">
      <input
        type="checkbox"
        className="checkbox checkbox-sm mt-0.5"
        name={name}
        value={unit.dn}
        defaultChecked={isSent ? values[name] !== undefined : ticked}
      />
      <span className="min-w-0 break-words">
        {unit.name}
        {people != null && (
          <span className="text-base-content/75"> {countOf(people, "person", "people")}</span>
        )}
      </span>
    </label>
  );
}
