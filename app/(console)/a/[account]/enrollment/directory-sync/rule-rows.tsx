"use client";
import { useState } from "react";
import { useFormAnswer } from "#app/_components/action-form.tsx";
import { ruleFieldWords, ruleWayWords } from "#lib/directory/rule-fields.ts";
import type { Rule } from "#lib/directory/settings.ts";

type Props = { rules: Rule[]; told?: (string | null)[]; legend: string; hint: string };

const empty = { field: "department", how: "is", value: "" } as const;
/** As many empty rows as can be filled without scripts. */
const spare = 3;

/**
 * Rules in their order. A row whose value is emptied is a rule less; a number decides the place, so that they are put in
 * order without scripts too.
 */
export function RuleRows({ rules, told = [], legend, hint }: Props) {
  const { values, errors } = useFormAnswer();
  const [more, setMore] = useState(spare);
  const sent = Object.keys(values).filter((name) => name.startsWith("value:")).length;
  const rows = Math.max(rules.length + more, sent);
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 font-medium">{legend}</legend>
      <p className="text-base-content/75 text-sm">{hint}</p>
      {errors.rules && (
        <p role="alert" className="text-error text-sm">
          {errors.rules}
        </p>
      )}
      {Array.from({ length: rows }, (_, nth) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
        <RuleRow key={nth} nth={nth} rule={rules[nth] ?? empty} told={told[nth] ?? null} />
      ))}
      <noscript>
        <p className="text-base-content/75 text-sm">Save to get more empty rows.</p>
      </noscript>
      <button type="button" className="btn btn-quiet btn-sm" onClick={() => setMore(more + 1)}>
        Add a rule
      </button>
    </fieldset>
  );
}

type RowProps = { nth: number; rule: { field: string; how: string; value: string }; told: string | null };

function RuleRow({ nth, rule, told }: RowProps) {
  const { values } = useFormAnswer();
  const of = (name: string, given: string) => values[`${name}:${nth}`] ?? given;
  const label = (what: string) => `${what} of rule ${nth + 1}`;
  const choice = (name: "field" | "how", words: Record<string, string>, given: string) => (
    <select
      key={of(name, given)}
      name={`${name}:${nth}`}
      aria-label={label(name === "field" ? "Field" : "Way")}
      className="select w-auto"
      defaultValue={of(name, given)}
    >
      {Object.entries(words).map(([value, word]) => (
        <option key={value} value={value}>
          {word}
        </option>
      ))}
    </select>
  );
  return (
    <div>
      <div className="flex flex-wrap items-center gap-2">
        <input
          name={`place:${nth}`}
          aria-label={label("Place")}
          inputMode="numeric"
          className="input w-14"
          defaultValue={of("place", String(nth + 1))}
        />
        {choice("field", ruleFieldWords, rule.field)}
        {choice("how", ruleWayWords, rule.how)}
        <input
          name={`value:${nth}`}
          aria-label={label("Value")}
          className="input min-w-40 grow"
          defaultValue={of("value", rule.value)}
        />
      </div>
      {told && <p className="mt-1 text-base-content/75 text-sm">{told}</p>}
    </div>
  );
}
