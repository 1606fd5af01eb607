import type { ReactNode } from "react";
import { chaseAfterDays } from "#lib/invitations/matching-invitations.ts";
import { mailChoices, sourceChoices, stateChoices } from "./invitation-words.ts";
import type { FilterName } from "./invitations-query.ts";

type Props = {
  here: string;
  filter: Record<FilterName, string | undefined>;
  departments: string[];
};

export function InvitationsFilter({ here, filter, departments }: Props) {
  const filtered = Object.values(filter).some(Boolean);
  return (
    <form action={here} className="flex flex-wrap items-end gap-3">
      {filter.run && <input type="hidden" name="run" value={filter.run} />}
      <Labelled id="invitations-search" label="Search by name or address">
        <input
          type="search"
          id="invitations-search"
          name="search"
          defaultValue={filter.search}
          className="input input-sm w-56"
          maxLength={254}
        />
      </Labelled>
      <Choice name="state" label="State" none="All states" choices={stateChoices} value={filter.state} />
      <Choice name="mail" label="Mail" none="Any mail" choices={mailChoices} value={filter.mail} />
      <Choice name="source" label="Source" none="All sources" choices={sourceChoices} value={filter.source} />
      {(departments.length > 0 || filter.department) && (
        <Labelled id="invitations-department" label="Department">
          <input
            id="invitations-department"
            name="department"
            list="departments"
            defaultValue={filter.department}
            className="input input-sm w-44"
            maxLength={200}
          />
          <datalist id="departments">
            {departments.map((department) => (
              <option key={department} value={department} />
            ))}
          </datalist>
        </Labelled>
      )}
      <label
        className="flex items-center gap-2 py-1 text-sm"
        title={`Not joined ${chaseAfterDays} days after the last mail`}
      >
        <input
          type="checkbox"
          name="chase"
          value="yes"
          defaultChecked={filter.chase === "yes"}
          className="checkbox checkbox-sm"
        />
        To chase
      </label>
      <button type="submit" className="btn btn-quiet btn-sm">
        Filter
      </button>
      {filtered && (
        <a className="link py-1 text-sm" href={here}>
          Show all invitations
        </a>
      )}
    </form>
  );
}

type ChoiceProps = {
  name: string;
  label: string;
  none: string;
  choices: { value: string; label: string }[];
  value: string | undefined;
};

function Choice({ name, label, none, choices, value }: ChoiceProps) {
  const id = `invitations-${name}`;
  return (
    <Labelled id={id} label={label}>
      <select id={id} name={name} defaultValue={value ?? ""} className="select select-sm w-40">
        <option value="">{none}</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

/** The name is the label alone: around a list of choices it would hold all of them. */
const Labelled = ({ id, label, children }: { id: string; label: string; children: ReactNode }) => (
  <div>
    <label htmlFor={id} className="mb-1 block text-sm">
      {label}
    </label>
    {children}
  </div>
);
