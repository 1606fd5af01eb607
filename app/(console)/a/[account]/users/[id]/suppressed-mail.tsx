import { Section } from "#app/_components/section.tsx";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import type { UserView } from "#lib/users/user-view.ts";
import { allowMailAgain } from "./activity-actions.ts";
import { PersonButton } from "./person-button.tsx";

const why = {
  bounced: "A mail to this address came back: the address does not exist, or takes no mail.",
  complained: "A mail to this address was marked as spam.",
};

/** That nothing is sent to the address any more, and the way back; nothing where mail goes as ever. */
export function SuppressedMail({ actor, user }: { actor: UserActor; user: UserView }) {
  if (!user.mailSuppressed || user.status === "deleted") return null;
  return (
    <Section title="Mail to this address">
      <p className="max-w-prose">
        {why[user.mailSuppressed]} Nothing but sign-in links is sent there any more. Another address has mail
        sent at once.
      </p>
      {isAllowed(actor, "mails.allow") && (
        <PersonButton action={allowMailAgain} about={{ user: user.id }}>
          Allow mail again
        </PersonButton>
      )}
    </Section>
  );
}
