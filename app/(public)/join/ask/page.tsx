import type { Metadata } from "next";
import { Page } from "#app/_components/page.tsx";
import { AskAgain } from "../ask-again.tsx";

export const metadata: Metadata = { title: "Ask for a new invitation" };

export default function AskForInvitationPage() {
  return (
    <Page title="Ask for a new invitation">
      <AskAgain />
    </Page>
  );
}
