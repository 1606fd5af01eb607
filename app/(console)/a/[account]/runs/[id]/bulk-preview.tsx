import { ActionForm } from "#app/_components/action-form.tsx";
import { Alert } from "#app/_components/alert.tsx";
import { Field } from "#app/_components/field.tsx";
import { countOf } from "#app/_components/number.ts";
import { Section } from "#app/_components/section.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { bulkWords } from "#lib/runs/report-words.ts";
import type { RunView } from "#lib/runs/run-view.ts";
import { viewSeats } from "#lib/seats/view-seats.ts";
import { changedPeople } from "../../enrollment/import/bulk-status.ts";
import { seatsInWords, seatsLeft } from "../../settings/seats/seats-in-words.ts";
import { applyChange, cancelChange } from "./bulk-actions.ts";

type Props = { actor: UserActor; run: RunView };

/** The last look before many people are changed: how many, what it costs, and the number to be typed. */
export async function BulkPreview({ actor, run }: Props) {
  const people = changedPeople(run);
  const action = run.bulkChange?.action ?? "";
  const done = bulkWords[action]?.done ?? "changed";
  const mayApply = isAllowed(actor, "bulk_changes.create");
  return (
    <Section title={`${countOf(people, "person", "people")} would be ${done}`}>
      {action === "manage" && <Billed actor={actor} people={people} />}
      {!run.applicable && <NotApplicable people={people} users={`/a/${actor.accountSlug}/users`} />}
      {mayApply && (
        <div className="flex flex-wrap items-start gap-3">
          {run.applicable && <Apply run={run} suspends={action === "suspend"} />}
          <ActionForm action={cancelChange} className="space-y-3">
            <input type="hidden" name="run" value={run.id} />
            <SubmitButton className="btn btn-quiet">Change nobody</SubmitButton>
          </ActionForm>
        </div>
      )}
    </Section>
  );
}

function Apply({ run, suspends }: { run: RunView; suspends: boolean }) {
  return (
    <ActionForm action={applyChange} className="space-y-3">
      <input type="hidden" name="run" value={run.id} />
      {suspends && (
        <div className="max-w-80">
          <Field
            name="people"
            label="Number of people"
            hint="Type how many would be suspended. They can be restored for 30 days."
            inputMode="numeric"
            autoComplete="off"
          />
        </div>
      )}
      <SubmitButton className={`btn ${suspends ? "btn-error" : "btn-primary"}`}>Apply</SubmitButton>
    </ActionForm>
  );
}

async function Billed({ actor, people }: { actor: UserActor; people: number }) {
  const seats = await viewSeats(actor);
  const tooMany = seats.left !== null && people > seats.left;
  const told = `Adds ${countOf(people, "billed user")}; ${seatsLeft(seats) ?? "there is no limit"}.`;
  return (
    <>
      {tooMany ? (
        <Alert tone="error">{told} Pick fewer people, or ask the operator for more seats.</Alert>
      ) : (
        <p>
          <strong className="font-semibold">{told}</strong> {seatsInWords(seats)} now.
        </p>
      )}
    </>
  );
}

function NotApplicable({ people, users }: { people: number; users: string }) {
  return (
    <Alert tone="info">
      {people === 0
        ? "Nobody would be changed; the figures below say why."
        : "This plan is out of date, and people may have changed since."}{" "}
      <a className="link" href={users}>
        Pick people again
      </a>
      .
    </Alert>
  );
}
