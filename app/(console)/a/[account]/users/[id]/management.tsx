import { countOf, number } from "#app/_components/number.ts";
import { Section } from "#app/_components/section.tsx";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import type { FoundUser } from "#lib/users/find-user.ts";
import { changeManagement } from "./person-actions.ts";
import { PersonButton } from "./person-button.tsx";

/** Whether the person takes a seat, and what that gives. */
export function Management({ actor, user }: { actor: UserActor; user: FoundUser }) {
  if (user.status === "deleted") return null;
  const may = isAllowed(actor, "seats.take");
  const { taken, limit, left } = user.seats;
  const seats =
    limit === null
      ? `${countOf(taken, "seat")} taken`
      : `${number(taken)} of ${countOf(limit, "seat")} taken`;
  if (user.managed) {
    return (
      <Section title="Managed">
        <p className="max-w-prose">
          This person is managed and takes a seat; {seats}. Making them unmanaged leaves the seat free and
          hides what they do from admins.
        </p>
        {may && (
          <PersonButton action={changeManagement} about={{ user: user.id, managed: "no" }}>
            Make unmanaged
          </PersonButton>
        )}
      </Section>
    );
  }
  return (
    <Section title="Managed">
      <p className="max-w-prose">
        Not managed: admins see fields and status only.{" "}
        {user.status !== "active"
          ? "Only people who are Active can be managed."
          : left === 0
            ? `No seat is left: ${seats}.`
            : `Managing adds 1 billed user; ${seats}. Admins then see sign-ins, sessions and mails, and can sign the person out or pause their mails.`}
      </p>
      {may && user.status === "active" && left !== 0 && (
        <PersonButton action={changeManagement} about={{ user: user.id, managed: "yes" }} look="primary">
          Make managed
        </PersonButton>
      )}
    </Section>
  );
}
