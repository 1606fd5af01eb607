import { ButtonLink, Layout, Paragraph } from "./layout.tsx";

export const invitationSubject = "{{inviterName}} invites you to join {{accountName}}";

export function Invitation({ language }: { language: string }) {
  return (
    <Layout
      language={language}
      preview="Your invitation to {{accountName}} is open until {{expires}}."
      heading="Join {{accountName}}"
      footer="Sent to {{recipient}} because an administrator of {{accountName}} entered this address. If you did not expect it, do nothing: without the button nothing happens."
    >
      <Paragraph>
        {"{{inviterName}} invites you to join {{accountName}} with the address {{recipient}}."}
      </Paragraph>
      <Paragraph>Press the button, check your name, and your account is ready.</Paragraph>
      <ButtonLink>Accept the invitation</ButtonLink>
      <Paragraph quiet>{"The invitation is open until {{expires}} and is meant for you alone."}</Paragraph>
    </Layout>
  );
}
