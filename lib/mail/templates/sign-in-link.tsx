import { ButtonLink, Layout, Paragraph } from "./layout.tsx";

export const signInLinkSubject = "Your sign-in link";

export function SignInLink({ language }: { language: string }) {
  return (
    <Layout
      language={language}
      preview="The link works once, until {{expires}}."
      heading="Sign in"
      footer="Sent to {{recipient}} because somebody asked to sign in with this address. If it was not you, do nothing: nobody is signed in without this link."
    >
      <Paragraph>{"You asked for a link to sign in as {{recipient}}."}</Paragraph>
      <ButtonLink>Sign in</ButtonLink>
      <Paragraph quiet>{"The link works once, until {{expires}}. Do not pass it on."}</Paragraph>
    </Layout>
  );
}
