import { Moment } from "#app/_components/moment.tsx";
import { Section } from "#app/_components/section.tsx";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { userStatuses } from "#lib/users/user-status.ts";
import type { Protection, UserView } from "#lib/users/user-view.ts";
import { restore, suspend } from "./person-actions.ts";
import { PersonButton } from "./person-button.tsx";

const why: Record<Protection | "outranks", string> = {
  outranks: "This person may do what you may not. Somebody who may do all of it can suspend them.",
  oneself: "You cannot suspend yourself.",
  owner: "An owner cannot be suspended. Whoever may give roles can take the role Owner away first.",
  last_admin: "No owner is left who could let them in again, so that this admin cannot be suspended.",
};

/** Takes the person out, or lets them in again. */
export function Access({ actor, user }: { actor: UserActor; user: UserView }) {
  if (user.status === "deleted") return null;
  if (user.isSuspended) return <Suspended actor={actor} user={user} />;
  if (!isAllowed(actor, "users.suspend")) return null;
  return (
    <Section title="Access">
      {user.protection || user.outranks ? (
        <p>{why[user.protection ?? "outranks"]}</p>
      ) : (
        <>
          <p>When you suspend this person:</p>
          <ul className="max-w-prose list-disc space-y-1 pl-5">
            <li>All sessions end at once, and links that were mailed stop working.</li>
            <li>An open invitation is revoked, and mails that wait are withdrawn.</li>
            <li>For 30 days the person can be restored with everything they have; then they are deleted.</li>
          </ul>
          <PersonButton action={suspend} about={{ user: user.id }} look="error">
            Suspend
          </PersonButton>
        </>
      )}
    </Section>
  );
}

function Suspended({ actor, user }: { actor: UserActor; user: UserView }) {
  return (
    <Section title="Access">
      <p className="max-w-prose">
        Suspended.{" "}
        {user.restorableUntil && (
          <>
            Restorable until <Moment at={user.restorableUntil} only="day" />; then deleted.{" "}
          </>
        )}
        Before, this person was {userStatuses[user.statusBefore ?? "active"]}.
      </p>
      {isAllowed(actor, "users.restore") && user.outranks && (
        <p>This person may do what you may not. Somebody who may do all of it can restore them.</p>
      )}
      {isAllowed(actor, "users.restore") && !user.outranks && (
        <>
          <p className="max-w-prose text-base-content/75 text-sm">
            Restoring gives back that status, and an invitation that was revoked and has not run out. Nobody
            is mailed about it, and sessions stay ended.
          </p>
          <PersonButton action={restore} about={{ user: user.id }} look="primary">
            Restore
          </PersonButton>
        </>
      )}
    </Section>
  );
}
