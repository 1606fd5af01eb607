import type { ReactNode } from "react";
import { ActionForm } from "#app/_components/action-form.tsx";
import { cappedCount } from "#app/_components/number.ts";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { invitationActions } from "#lib/runs/operations-of-runs.ts";
import { bulkWords } from "#lib/runs/report-words.ts";
import { changeInvitations } from "./change-actions.ts";
import { LinkAnswer } from "./link-answer.tsx";

type Props = {
  /** The filter and the page, to come back to. */
  view: Record<string, string | undefined>;
  matching: { count: number; capped: boolean };
  children: ReactNode;
};

/** The list as a form: one by one by the buttons of a row, or tick them, or take all that match. */
export function ManyAtOnce({ view, matching, children }: Props) {
  return (
    <ActionForm action={changeInvitations} className="space-y-4">
      {Object.entries(view).map(
        ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <LinkAnswer />
      <fieldset className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-box border border-base-300 bg-base-200 px-4 py-3">
        <legend className="sr-only">Many at once</legend>
        <label className="flex items-center gap-2">
          <input type="checkbox" name="all" className="checkbox checkbox-sm" />
          All that match ({cappedCount(matching)})
        </label>
        <span className="text-base-content/75 text-sm">or tick invitations below, then</span>
        <div className="flex flex-wrap gap-2">
          {invitationActions.map((action) => (
            <SubmitButton key={action} className="btn btn-quiet btn-sm" name="action" value={action}>
              {bulkWords[action]?.title}
            </SubmitButton>
          ))}
        </div>
        <span className="text-base-content/75 text-sm">You see what would happen before it is done.</span>
      </fieldset>
      {children}
    </ActionForm>
  );
}
