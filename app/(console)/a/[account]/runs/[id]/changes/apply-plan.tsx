import { ActionForm } from "#app/_components/action-form.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { applyPlan } from "../../../enrollment/import/import-actions.ts";

export function ApplyPlan({ runId }: { runId: string }) {
  return (
    <ActionForm action={applyPlan} className="max-w-prose space-y-3">
      <input type="hidden" name="run" value={runId} />
      <SubmitButton className="btn btn-primary btn-sm">Apply this plan</SubmitButton>
    </ActionForm>
  );
}
