import { ActionForm } from "#app/_components/action-form.tsx";
import { Alert } from "#app/_components/alert.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import type { UserActor } from "#lib/authorization/actor.ts";
import { signOutFirst } from "./sign-out-first.ts";

type Props = {
  people: UserActor[];
  /** Absent `channel`: not an invitation's. */
  link: { email: string; channel?: "mail" | "copy" };
  /** The page of the link. */
  back: string;
};

/** Says as whom the browser is signed in, what becomes of that, and lets them sign out before. */
export function SignedInAs({ people, link, back }: Props) {
  if (people.length === 0) return null;
  const others = people.filter(({ userEmail }) => userEmail.toLowerCase() !== link.email.toLowerCase());
  return (
    <Alert tone="info">
      <ul className="space-y-1">
        {people.map(({ sessionId, userName, userEmail, accountName }) => (
          <li key={sessionId}>
            You are signed in as <bdi className="font-medium">{userName}</bdi> ({userEmail}) in{" "}
            <bdi>{accountName}</bdi>.
          </li>
        ))}
      </ul>
      <p className="mt-1">{whatHappens(link, others.length > 0)}</p>
      <ActionForm action={signOutFirst} className="mt-2">
        <input type="hidden" name="back" value={back} />
        <SubmitButton className="btn btn-quiet btn-sm">Sign out first</SubmitButton>
      </ActionForm>
    </Alert>
  );
}

function whatHappens({ email, channel }: Props["link"], isSomebodyElse: boolean): string {
  const when = channel === "copy" ? "Following the link that we mail" : "Going on";
  return isSomebodyElse
    ? `${when} signs this browser in as ${email}, and out of what belongs to another address.`
    : `${when} signs this browser in here besides: it is the same address.`;
}
