import { Page } from "#app/_components/page.tsx";
import { AskAgain } from "./ask-again.tsx";

/** One and the same for wrong, used, over, revoked and replaced, so that a link that is none tells nothing. */
export function DeadInvitation() {
  return (
    <Page
      title="This invitation does not work any more"
      lead="It was used already, taken back or replaced by a newer one, or its time is over."
    >
      <AskAgain />
    </Page>
  );
}
