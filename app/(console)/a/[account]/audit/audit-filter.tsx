"use client";
import type { ReactNode } from "react";
import { type EventFilter, systemWord } from "#lib/audit/event-view.ts";
import { eventWords } from "#lib/audit/event-words.ts";

type Props = { here: string; filter: EventFilter };

const whats = Object.entries(eventWords).toSorted(([, a], [, b]) => a.localeCompare(b, "en"));

export function AuditFilter({ here, filter }: Props) {
  const filtered = Object.values(filter).some(Boolean);
  return (
    <form action={here} className="flex flex-wrap items-end gap-3">
      {filter.run && <input type="hidden" name="run" value={filter.run} />}
      <Labelled id="audit-who" label="Who">
        <input
          id="audit-who"
          name="who"
          defaultValue={filter.who}
          placeholder={`an address, or ${systemWord}`}
          className="input input-sm w-56"
          maxLength={254}
        />
      </Labelled>
      <Labelled id="audit-what" label="What">
        <select
          id="audit-what"
          name="what"
          defaultValue={filter.what ?? ""}
          className="select select-sm w-56"
        >
          <option value="">Everything</option>
          {whats.map(([action, words]) => (
            <option key={action} value={action}>
              {words}
            </option>
          ))}
        </select>
      </Labelled>
      <Labelled id="audit-on" label="On whom">
        <input
          id="audit-on"
          name="on"
          defaultValue={filter.onWhom}
          placeholder="an address"
          className="input input-sm w-56"
          maxLength={254}
        />
      </Labelled>
      <div className="flex gap-3">
        <DayField name="from" label="From" day={filter.from} />
        <DayField name="to" label="To" day={filter.to} />
      </div>
      <button type="submit" className="btn btn-quiet btn-sm">
        Filter
      </button>
      {filtered && (
        <a className="link py-1 text-sm" href={here}>
          Show everything
        </a>
      )}
      <p id="audit-days" className="w-full text-base-content/75 text-xs">
        Both days count, from midnight to midnight UTC.
      </p>
    </form>
  );
}

const DayField = ({ name, label, day }: { name: "from" | "to"; label: string; day: string | undefined }) => (
  <Labelled id={`audit-${name}`} label={label}>
    <input
      type="date"
      id={`audit-${name}`}
      name={name}
      aria-describedby="audit-days"
      defaultValue={day}
      className="input input-sm w-40"
    />
  </Labelled>
);

/** The name is the label alone: around a list of choices it would hold all of them. */
const Labelled = ({ id, label, children }: { id: string; label: string; children: ReactNode }) => (
  <div>
    <label htmlFor={id} className="mb-1 block text-sm">
      {label}
    </label>
    {children}
  </div>
);
