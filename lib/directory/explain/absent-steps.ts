import { userStatuses } from "#lib/users/user-status.ts";
import type { Person, Place } from "./read-snapshot.ts";
import { addressStep, baseStep, unitStep } from "./scope-steps.ts";
import type { Sought } from "./sought.ts";
import { type Explained, passed, type Step, stopped, unknown } from "./step.ts";

const notRead =
  "At the last reading no entry in scope was found here: it is not in the directory, or it does not fit the inclusion rule. Ask the directory to know which.";

/** Of an entry's name that the last snapshot does not have. Pure. */
export function explainAbsentEntry(
  { text, key }: Extract<Sought, { by: "dn" }>,
  { settings }: Place,
): Explained {
  const base = baseStep(key, settings);
  const unit = unitStep(key, settings);
  const steps =
    base.verdict === "stopped"
      ? [base]
      : unit.verdict === "stopped"
        ? [base, unit]
        : [base, unit, unknown("inclusion", notRead)];
  return {
    title: text,
    person: null,
    run: null,
    steps: [...steps, stopped("change", "Nobody is brought in by this name.")],
  };
}

/** Of an address that no entry of the last snapshot has; perhaps somebody here has it all the same. Pure. */
export function explainAbsentAddress(text: string, { domains }: Place, person: Person | null): Explained {
  return {
    title: text,
    person: person && { id: person.id, name: person.name },
    run: null,
    steps: [
      addressStep(text, domains),
      unknown(
        "base",
        "No entry that the last sync read has this address. Ask the directory to see whether there is one now.",
      ),
      ...(person
        ? personSteps(person)
        : [
            unknown("match", "Nobody here has this address."),
            stopped("change", "No sync brings anybody under this address."),
          ]),
    ],
  };
}

function personSteps({ name, status, external_id }: Person): Step[] {
  const here = `${name} has this address here (${userStatuses[status]})`;
  return external_id === null
    ? [
        passed("match", `${here}, and does not come from the directory.`),
        passed(
          "change",
          "Syncs leave them alone. Once an entry in scope has this address, they are taken to be that entry and kept true to it.",
        ),
      ]
    : [
        passed("match", `${here}, and came from the directory once.`),
        unknown(
          "change",
          "The last snapshot does not know their entry any more. The next complete sync looks it up by its id.",
        ),
      ];
}
