import type { Metadata } from "next";
import { Page } from "#app/_components/page.tsx";
import { isLocalMode } from "#app/_web/local-mode.ts";

export const metadata: Metadata = { title: "Check your mail" };

export default function CheckYourMailPage() {
  return (
    <Page
      title="Check your mail"
      lead="One more step: follow the link in the mail that we send to your address, and you are in."
    >
      <p>
        Nothing came?{" "}
        <a className="link" href="/join/ask">
          Ask for a new one
        </a>
        {isLocalMode() && (
          <>
            . In local mode it comes to the{" "}
            <a className="link" href="/local/mailbox">
              local mailbox
            </a>
          </>
        )}
        .
      </p>
    </Page>
  );
}
