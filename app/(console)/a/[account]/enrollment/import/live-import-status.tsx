"use client";
import { useEffect, useState } from "react";
import { ActionForm } from "#app/_components/action-form.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { applyPlan, cancelImport } from "./import-actions.ts";
import type { ImportStatus } from "./import-status.ts";

/** Milliseconds between two questions. */
const pause = { running: 1_000, mailing: 3_000 };

/** As served without scripts, where the browser reloads by itself; with scripts it asks on until its mails are out. */
export function LiveImportStatus({ served }: { served: ImportStatus }) {
  const status = useLive(served);
  return (
    <section
      aria-label={`Status of the ${status.word}`}
      className="space-y-4 rounded-box border border-base-300 p-5"
    >
      <noscript>{!status.over && <meta httpEquiv="refresh" content="3" />}</noscript>
      <p aria-live="polite" className="break-words text-lg">
        <strong className="font-semibold">{status.fileName}</strong> {status.sentence}
        {status.word === "bulk invite" ? (
          <>
            {" "}
            <a className="link" href={status.report}>
              View details here
            </a>
          </>
        ) : (
          status.over && <ReportHere report={status.report} />
        )}
      </p>
      {!status.over && (
        <progress
          className="progress progress-primary h-2 w-full"
          aria-label={`Progress of the ${status.word}`}
          max={status.progress?.of ?? 1}
          value={status.progress?.done}
        />
      )}
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        {status.steps.map((step) => (
          <div key={step.label} className="flex flex-col-reverse">
            <dt className="text-base-content/75 text-sm">{step.label}</dt>
            <dd className="font-semibold text-xl">
              {step.href ? (
                <a className="underline-offset-4 hover:underline" href={step.href}>
                  {step.text}
                </a>
              ) : (
                step.text
              )}
            </dd>
          </div>
        ))}
      </dl>
      {status.over && !status.settled && (
        <p className="text-base-content/75 text-sm">
          The mails go out by themselves; you may leave this page.
          <noscript> Reload it to see how far they are.</noscript>
        </p>
      )}
      <div className="flex flex-wrap gap-3">
        <StatusAction status={status} />
        {status.links.map(({ text, href }) => (
          <a key={href} className="btn btn-quiet btn-sm" href={href}>
            {text}
          </a>
        ))}
      </div>
    </section>
  );
}

function ReportHere({ report }: { report: string }) {
  return (
    <>
      {" "}
      View the report{" "}
      {/* biome-ignore lint/a11y/noAmbiguousAnchorText: the label is fixed; the sentence around it says what it leads to */}
      <a className="link" href={report}>
        here
      </a>
      .
    </>
  );
}

function StatusAction({ status }: { status: ImportStatus }) {
  if (status.cancellable) {
    return (
      <ActionForm action={cancelImport} className="space-y-3">
        <input type="hidden" name="run" value={status.id} />
        <input type="hidden" name="page" value={status.word.replace(" ", "-")} />
        <SubmitButton className="btn btn-quiet btn-sm">Cancel</SubmitButton>
      </ActionForm>
    );
  }
  if (status.applicable) {
    return (
      <ActionForm action={applyPlan} className="space-y-3">
        <input type="hidden" name="run" value={status.id} />
        <SubmitButton className="btn btn-primary btn-sm">Apply this plan</SubmitButton>
      </ActionForm>
    );
  }
  return null;
}

/** Asks again after each answer, and less often once only mails are still on their way. */
function useLive(served: ImportStatus): ImportStatus {
  const [status, setStatus] = useState(served);
  useEffect(() => setStatus(served), [served]);
  useEffect(() => {
    if (status.settled) return;
    const timer = setTimeout(
      async () => {
        const answer = await fetch(status.live, { headers: { accept: "application/json" } }).catch(
          () => null,
        );
        const fresh: ImportStatus | null = answer?.ok ? await answer.json() : null;
        setStatus(fresh ?? { ...status });
      },
      status.over ? pause.mailing : pause.running,
    );
    return () => clearTimeout(timer);
  }, [status]);
  return status;
}
