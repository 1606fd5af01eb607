"use client";
import type { ReactNode } from "react";
import { ActionForm } from "#app/_components/action-form.tsx";
import { cappedCount } from "#app/_components/number.ts";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import type { BulkAction } from "#lib/bulk-changes/bulk-action.ts";
import { bulkWords } from "#lib/runs/report-words.ts";
import { changeMany } from "./change-actions.ts";

type Filter = { search: string | undefined; status: string | undefined; managed: string | undefined };
type Props = {
  /** What of it whoever looks may do. */
  allowed: readonly BulkAction[];
  filter: Filter;
  matching: { count: number; capped: boolean };
  children: ReactNode;
};

/** The list as a form: tick people, or take all that match, and choose what they are made. Nothing is changed by it yet. */
export function ManyAtOnce({ allowed, filter, matching, children }: Props) {
  const actions = allowed.filter((action) => makesSense(action, filter));
  return (
    <ActionForm action={changeMany} className="space-y-4">
      {Object.entries(filter).map(
        ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <fieldset className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-box border border-base-300 bg-base-200 px-4 py-3">
        <legend className="sr-only">Many at once</legend>
        <label className="flex items-center gap-2">
          <input type="checkbox" name="all" className="checkbox checkbox-sm" />
          All that match ({cappedCount(matching)})
        </label>
        <span className="text-base-content/75 text-sm">or tick people below, then</span>
        <div className="flex flex-wrap gap-2">
          {actions.map((action) => (
            <SubmitButton key={action} className="btn btn-quiet btn-sm" name="action" value={action}>
              {bulkWords[action]?.title}
            </SubmitButton>
          ))}
        </div>
        <span className="text-base-content/75 text-sm">You see what would change before it is done.</span>
      </fieldset>
      {children}
    </ActionForm>
  );
}

/** Whether it could change anybody of those who are shown. */
function makesSense(action: BulkAction, { status, managed }: Filter): boolean {
  if (status === "deleted") return false;
  if (action === "invite")
    return managed !== "yes" && (!status || status === "not_invited" || status === "invited");
  if (action === "manage") return managed !== "yes" && (!status || status === "active");
  if (action === "unmanage") return managed !== "no";
  return action === "restore" ? !status || status === "suspended" : status !== "suspended";
}
