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
  return (
    <Alert tone="info">
      <ul className="space-y-1">
        {people.map(({ sessionId, userName, userEmail, accountName }) => (
          <li key={sessionId}>
            You are signed in as <bdi className="font-medium">{userName}</bdi> ({userEmail}) in{" "}
            <bdi>{accountName}</bdi>.{" "}
            {userEmail.toLowerCase() === link.email.toLowerCase()
              ? "That stays: it is the same address."
              : `${whenItEnds(link)} this browser is signed in as ${link.email} instead.`}
          </li>
        ))}
      </ul>
      <ActionForm action={signOutFirst} className="mt-2">
        <input type="hidden" name="back" value={back} />
        <SubmitButton className="btn btn-quiet btn-sm">Sign out first</SubmitButton>
      </ActionForm>
    </Alert>
  );
}

const whenItEnds = ({ channel }: Props["link"]): string =>
  channel === "copy" ? "That stays for now; once you have followed the link in the mail," : "When you go on,";
