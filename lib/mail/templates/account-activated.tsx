import { ButtonLink, Layout, Paragraph } from "./layout.tsx";

export const accountActivatedSubject = "Your access to {{accountName}} is active again";

export function AccountActivated({ language }: { language: string }) {
  return (
    <Layout
      language={language}
      preview="You can sign in to {{accountName}} again."
      heading="Welcome back to {{accountName}}"
      footer="Sent to {{recipient}} because an administrator of {{accountName}} restored this user."
    >
      <Paragraph>{"Your access to {{accountName}} was suspended and is active again."}</Paragraph>
      <ButtonLink>Sign in</ButtonLink>
    </Layout>
  );
}
