import { ButtonLink, Layout, Paragraph } from "./layout.tsx";

export const runEndedSubject = "{{what}} {{ending}}";

export function RunEnded({ language }: { language: string }) {
  return (
    <Layout
      language={language}
      preview="{{counts}}"
      heading="{{what}} {{ending}}"
      footer="Sent to {{recipient}} because you asked to be told when this work in {{accountName}} ends."
    >
      <Paragraph>{"{{counts}}"}</Paragraph>
      <ButtonLink>Open the report</ButtonLink>
      <Paragraph quiet>The report names every line with its outcome and reason.</Paragraph>
    </Layout>
  );
}
