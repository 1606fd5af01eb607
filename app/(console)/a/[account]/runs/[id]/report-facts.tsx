import { Fact, Facts } from "#app/_components/facts.tsx";
import { mailProgress } from "#app/_components/mail-progress.ts";
import { Moment } from "#app/_components/moment.tsx";
import { duration, fileSize } from "#app/_components/number.ts";
import { Section } from "#app/_components/section.tsx";
import type { RunView } from "#lib/runs/run-view.ts";

/** `sync`: of a run of the directory, the path of the page Directory Sync. */
export function ReportFacts({ run, sync }: { run: RunView; sync?: string }) {
  const mails = mailProgress(run.progress);
  return (
    <Section title="The run">
      <Facts>
        {run.mends && (
          <Fact name="Mends failed rows of">
            <a className="link" href={run.mends}>
              an earlier import
            </a>
          </Fact>
        )}
        {sync && run.settingsVersion !== null && (
          <Fact name="Settings">
            <a className="link" href={`${sync}/versions`}>
              Version {run.settingsVersion}
            </a>
          </Fact>
        )}
        {sync && run.span && <Fact name="Read">{spans[run.span]}</Fact>}
        <Fact name="Asked for by">{run.requestedBy}</Fact>
        <Fact name="Asked for">
          <Moment at={run.requestedAt} />
        </Fact>
        {run.state === "cancelled" && run.cancelRequestedBy && (
          <Fact name="Cancelled by">{run.cancelRequestedBy}</Fact>
        )}
        {(run.mode === "apply" || run.finishedAt) && (
          <>
            <Fact name="Finished">{run.finishedAt ? <Moment at={run.finishedAt} /> : "not yet"}</Fact>
            <Fact name="Took">{took(run)}</Fact>
          </>
        )}
        {run.mode === "apply" && (
          <Fact name={mails.label}>
            {mails.href ? (
              <a className="link" href={mails.href}>
                {mails.text}
              </a>
            ) : (
              mails.text
            )}
          </Fact>
        )}
        {run.kind === "import" && <Fact name="Options">{options(run)}</Fact>}
        {run.kind === "bulk_invite" && (
          <Fact name="Options">{run.options.sendAgain ? "send again" : "none"}</Fact>
        )}
        {run.fileSize !== null && (
          <>
            <Fact name="File size">{fileSize(run.fileSize)}</Fact>
            <Fact name="SHA-256">
              <code className="break-all font-mono text-sm">{run.sha256}</code>
            </Fact>
          </>
        )}
      </Facts>
    </Section>
  );
}

const spans = {
  full: "all of the directory",
  incremental: "what has changed since the last sync",
} as const;

/** "create unknown people; clear word “-”" */
function options({ options: { createUnknown, clearWord, alert } }: RunView): string {
  const chosen = [
    createUnknown && "create unknown people",
    clearWord !== null && `clear word “${clearWord}”`,
    alert && "a mail when it ends, if it takes long",
  ];
  return chosen.filter(Boolean).join("; ") || "none";
}

function took({ startedAt, finishedAt }: RunView): string {
  if (!startedAt || !finishedAt) return "not finished";
  return duration((finishedAt.getTime() - startedAt.getTime()) / 1_000);
}
