import { Fact, Facts } from "#app/_components/facts.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { number } from "#app/_components/number.ts";
import { Section } from "#app/_components/section.tsx";
import type { DirectoryHealth } from "#lib/directory/find-directory-health.ts";

type Props = { health: DirectoryHealth; base: string };

export function OverviewDirectory({ health, base }: Props) {
  const { failedByHand } = health;
  return (
    <Section
      title="Directory"
      aside={
        <a className="link text-sm" href={`${base}/enrollment/directory-sync`}>
          Directory Sync
        </a>
      }
    >
      <Facts>
        <Fact name="Last completed">
          {health.completedAt ? <Moment at={health.completedAt} /> : "never"}
          {health.overdueDays !== null && (
            <strong className="font-semibold text-error">
              : no sync for {number(health.overdueDays)} days
            </strong>
          )}
        </Fact>
        {failedByHand && (
          <Fact name="Last attempted">
            <Moment at={failedByHand.at} />: <strong className="font-semibold text-error">failed</strong>.{" "}
            <span className="break-words">{failedByHand.sentence}</span>{" "}
            <a className="link" href={`${base}/runs/${failedByHand.runId}`}>
              Look at its report
            </a>
          </Fact>
        )}
        {health.people !== null && <Fact name="People in it">{number(health.people)}</Fact>}
        <Fact name="Next by schedule">
          {health.nextScheduledAt ? <Moment at={health.nextScheduledAt} /> : "none is scheduled"}
        </Fact>
      </Facts>
    </Section>
  );
}
