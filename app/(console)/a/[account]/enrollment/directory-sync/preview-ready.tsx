import { ActionForm } from "#app/_components/action-form.tsx";
import { number } from "#app/_components/number.ts";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import type { RunView } from "#lib/runs/run-view.ts";
import { applyPlan } from "./sync-actions.ts";

/** A preview that lies ready: what it would do, and a button that does exactly that. */
export function PreviewReady({ run, base }: { run: RunView; base: string }) {
  const { created, updated, deleted, activated, waiting } = run.counts;
  const told = (
    [
      [created, "new"],
      [updated, "updated"],
      [deleted, "suspended"],
      [activated, "restored"],
      [waiting, "to be suspended once that is approved"],
    ] as const
  ).filter(([count]) => count > 0);
  return (
    <section aria-label="Preview" className="space-y-3 rounded-box border border-base-300 p-5">
      <p>
        <strong className="font-semibold">The preview:</strong>{" "}
        {told.map(([count, word]) => `${number(count)} ${word}`).join(", ")}.{" "}
        <a className="link" href={`${base}/runs/${run.id}/changes`}>
          See who
        </a>
        .
      </p>
      <ActionForm action={applyPlan}>
        <input type="hidden" name="run" value={run.id} />
        <SubmitButton>Apply exactly this</SubmitButton>
      </ActionForm>
    </section>
  );
}
