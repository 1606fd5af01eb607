import { Fact, Facts } from "#app/_components/facts.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { number } from "#app/_components/number.ts";
import { Section } from "#app/_components/section.tsx";
import type { DirectoryHealth } from "#lib/directory/find-directory-health.ts";

/** `sync`: the path of the page Directory Sync. */
export function OverviewDirectory({ health, sync }: { health: DirectoryHealth; sync: string }) {
  return (
    <Section
      title="Directory"
      aside={
        <a className="link text-sm" href={sync}>
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
        {health.people !== null && <Fact name="People in it">{number(health.people)}</Fact>}
        <Fact name="Next by schedule">
          {health.nextScheduledAt ? <Moment at={health.nextScheduledAt} /> : "none is scheduled"}
        </Fact>
      </Facts>
    </Section>
  );
}
