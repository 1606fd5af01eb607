import { Fact, Facts } from "#app/_components/facts.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { countOf } from "#app/_components/number.ts";
import { RunStateBadge } from "#app/_components/status-badges.tsx";
import type { DirectoryView } from "#lib/directory/find-directory.ts";
import type { SyncState } from "#lib/directory/find-sync-state.ts";

type Props = { state: SyncState; directory: DirectoryView; base: string };

/** When a sync was last tried and last came to its end, and when the next comes by itself. */
export function LastSyncs({ state: { attempted, completed }, directory, base }: Props) {
  const { nextScheduledAt } = directory;
  return (
    <div className="space-y-2">
      <Facts>
        <Fact name="Last attempted">
          {attempted ? (
            <>
              <Moment at={attempted.startedAt ?? attempted.requestedAt} /> <RunStateBadge run={attempted} />
              {attempted.failure && <p>{attempted.failure.sentence}</p>}
              {(attempted.state === "failed" || attempted.state === "cancelled") && (
                <p>
                  <a className="link" href={`${base}/runs/${attempted.id}`}>
                    Report of the last attempt
                  </a>
                </p>
              )}
              {attempted.removals === "waiting" && (
                <p>
                  {countOf(attempted.counts.waiting, "person", "people")}{" "}
                  {attempted.counts.waiting === 1 ? "waits" : "wait"} for approval to be suspended.{" "}
                  <a className="link" href={`${base}/runs/${attempted.id}#removals`}>
                    Approve or discard
                  </a>
                </p>
              )}
            </>
          ) : (
            "Never"
          )}
        </Fact>
        <Fact name="Last completed">
          {completed?.finishedAt ? <Moment at={completed.finishedAt} /> : "Never"}
          {completed?.span === "full" && `, ${countOf(completed.counts.rows, "person", "people")} read`}
        </Fact>
        <Fact name="Next by schedule">
          {nextScheduledAt ? <Moment at={nextScheduledAt} /> : "None is scheduled"}
        </Fact>
      </Facts>
      {completed && (
        <p>
          View the report of the last synchronization{" "}
          {/* biome-ignore lint/a11y/noAmbiguousAnchorText: the label is fixed; the sentence around it says what it leads to */}
          <a className="link" href={`${base}/runs/${completed.id}`}>
            here
          </a>
          .
        </p>
      )}
    </div>
  );
}
