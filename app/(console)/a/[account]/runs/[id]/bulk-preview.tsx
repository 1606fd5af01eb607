import { ActionForm } from "#app/_components/action-form.tsx";
import { Alert } from "#app/_components/alert.tsx";
import { Field } from "#app/_components/field.tsx";
import { countOf } from "#app/_components/number.ts";
import { Section } from "#app/_components/section.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { isInvitationAction } from "#lib/runs/operations-of-runs.ts";
import { bulkWords } from "#lib/runs/report-words.ts";
import type { RunView } from "#lib/runs/run-view.ts";
import { viewSeats } from "#lib/seats/view-seats.ts";
import { changedInWords, changedPeople } from "../../enrollment/import/bulk-status.ts";
import { mayChange } from "../../run-crumbs.ts";
import { seatsInWords, seatsLeft } from "../../settings/seats/seats-in-words.ts";
import { applyChange, cancelChange } from "./bulk-actions.ts";

type Props = { actor: UserActor; run: RunView };

type TypedWords = { label: string; hint: string };

/** What is hard to take back asks for the number. */
const typedWords: Record<string, TypedWords | undefined> = {
  suspend: {
    label: "Number of people",
    hint: "Type how many would be suspended. They can be restored for 30 days.",
  },
  revoke: { label: "Number of invitations", hint: "Type how many would be revoked." },
};

const afterwards: Record<string, string | undefined> = {
  invite:
    "Each gets one mail with a link to join. An undo revokes the invitations of those who have not joined by then.",
  resend:
    "Each gets a new mail with all its days before it; the link mailed before leads nowhere then. Mails that went out cannot be taken back.",
  revoke:
    "Their links lead nowhere from then on, and mails that wait do not go out. This cannot be taken back: invite the people again instead.",
};

/** The last look before many people are changed: how many, what it costs, and the number to be typed. */
export async function BulkPreview({ actor, run }: Props) {
  const people = changedPeople(run);
  const action = run.bulkChange?.action ?? "";
  const done = bulkWords[action]?.done ?? "changed";
  const mails = action === "invite" ? `, ${countOf(people, "mail")}` : "";
  const mayApply = isAllowed(actor, mayChange(run));
  const base = `/a/${actor.accountSlug}`;
  return (
    <Section title={`${changedInWords(run)} would be ${done}${mails}`}>
      {run.applicable && afterwards[action] && <p className="max-w-prose">{afterwards[action]}</p>}
      {action === "manage" && <Billed actor={actor} people={people} />}
      {!run.applicable && (
        <NotApplicable
          people={people}
          list={`${base}/${isInvitationAction(action) ? "invitations" : "users"}`}
        />
      )}
      {mayApply && (
        <div className="flex flex-wrap items-start gap-3">
          {run.applicable && <Apply run={run} typed={typedWords[action]} />}
          <ActionForm action={cancelChange} className="space-y-3">
            <input type="hidden" name="run" value={run.id} />
            <SubmitButton className="btn btn-quiet">
              {isInvitationAction(action) ? "Leave them as they are" : "Change nobody"}
            </SubmitButton>
          </ActionForm>
        </div>
      )}
    </Section>
  );
}

function Apply({ run, typed }: { run: RunView; typed: TypedWords | undefined }) {
  return (
    <ActionForm action={applyChange} className="space-y-3">
      <input type="hidden" name="run" value={run.id} />
      {typed && (
        <div className="max-w-80">
          <Field name="people" label={typed.label} hint={typed.hint} inputMode="numeric" autoComplete="off" />
        </div>
      )}
      <SubmitButton className={`btn ${typed ? "btn-error" : "btn-primary"}`}>Apply</SubmitButton>
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

function NotApplicable({ people, list }: { people: number; list: string }) {
  return (
    <Alert tone="info">
      {people === 0
        ? "Nothing would be changed; the figures below say why."
        : "This plan is out of date, and people may have changed since."}{" "}
      <a className="link" href={list}>
        Pick again
      </a>
      .
    </Alert>
  );
}
