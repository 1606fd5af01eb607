import { ActionForm } from "#app/_components/action-form.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { cappedCount } from "#app/_components/number.ts";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import type { MailDecisions } from "#lib/overview/read-mail-decisions.ts";
import { letMailsGoOn } from "./mail-actions.ts";

const why = {
  bounces: "too many came back",
  complaints: "too many were marked as spam",
};

type Props = { base: string; mail: MailDecisions; mayResume: boolean };

/** What waits for a decision about mails, as items of a list. */
export function MailDecisionItems({ base, mail: { stopped, unknown }, mayResume }: Props) {
  return (
    <>
      {stopped && (
        <li className="space-y-2">
          <p className="max-w-prose">
            <strong className="font-medium">Invitations and all mails to many are stopped</strong> since{" "}
            <Moment at={stopped.at} />: {why[stopped.because]}. None is lost. Look at the addresses first; who
            goes on regardless is shut out by mail providers.
          </p>
          {mayResume && (
            <ActionForm action={letMailsGoOn}>
              <SubmitButton className="btn btn-quiet btn-sm">Let mails go on</SubmitButton>
            </ActionForm>
          )}
        </li>
      )}
      {unknown.count > 0 && (
        <li>
          <strong className="font-medium">
            {cappedCount(unknown)} {unknown.count === 1 ? "mail" : "mails"}
          </strong>{" "}
          may not have arrived.{" "}
          <a className="link" href={`${base}/mails/unknown`}>
            Send again or leave
          </a>
          .
        </li>
      )}
    </>
  );
}
