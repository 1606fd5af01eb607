import type { Metadata } from "next";
import { Moment } from "#app/_components/moment.tsx";
import { Section } from "#app/_components/section.tsx";
import { ZoneTold } from "#app/_components/zone-told.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { findDirectory } from "#lib/directory/find-directory.ts";
import { nextTimesOf } from "#lib/directory/next-times-of.ts";
import { StepPage } from "../step-page.tsx";
import { ScheduleForm } from "./schedule-form.tsx";

export const metadata: Metadata = { title: "Schedule" };

export default async function SchedulePage({ params }: { params: Promise<{ account: string }> }) {
  const actor = await currentActor((await params).account, "directory.change");
  const directory = await findDirectory(actor);
  const { schedule, weekly, alertDays } = directory.settings;
  const next = schedule.enabled ? nextTimesOf(schedule) : [];
  return (
    <StepPage
      actor={actor}
      directory={directory}
      title="Schedule"
      lead="When syncs run by themselves. They feel no hold, and begin none."
    >
      {next.length > 0 && (
        <Section title="Next three times" aside={<ZoneTold />}>
          <ul className="list-disc pl-5">
            {next.map((time) => (
              <li key={time.getTime()}>
                <Moment at={time} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <ScheduleForm
        seen={directory.version}
        schedule={schedule}
        weekly={weekly}
        alertDays={alertDays}
        zones={["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")]}
      />
    </StepPage>
  );
}
