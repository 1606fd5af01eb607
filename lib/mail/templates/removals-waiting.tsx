import { ButtonLink, Layout, Paragraph } from "./layout.tsx";

export const removalsWaitingSubject = "{{accountName}}: suspending {{people}} waits for your approval";

export function RemovalsWaiting({ language }: { language: string }) {
  return (
    <Layout
      language={language}
      preview="Nobody is suspended until you or another administrator decides."
      heading="{{people}} would be suspended"
      footer="Sent to {{recipient}} because you are an administrator of {{accountName}}. If nobody decides, nobody is suspended."
    >
      <Paragraph>
        {
          "{{what}}, asked for by {{askedBy}}, would suspend more people than may go without a second look. All else of it is done; the suspensions wait for your approval."
        }
      </Paragraph>
      <ButtonLink>Look through and decide</ButtonLink>
      <Paragraph quiet>
        Approve carries out exactly these suspensions; Discard leaves everybody as they are.
      </Paragraph>
    </Layout>
  );
}
