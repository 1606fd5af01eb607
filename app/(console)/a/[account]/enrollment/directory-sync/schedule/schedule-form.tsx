"use client";
import { ActionForm, useFormAnswer } from "#app/_components/action-form.tsx";
import { Field } from "#app/_components/field.tsx";
import { SelectField } from "#app/_components/select-field.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import type { ScheduleSettings } from "#lib/directory/settings.ts";
import { saveSchedule } from "./schedule-actions.ts";

type Props = {
  seen: number;
  schedule: ScheduleSettings;
  weekly: boolean;
  alertDays: number | null;
  zones: string[];
};

const frequencies = [
  { value: "daily", label: "Daily" },
  { value: "weekly", label: "Weekly" },
  { value: "monthly", label: "Monthly" },
  { value: "other", label: "Other" },
];
const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"].map(
  (label, value) => ({ value: String(value), label }),
);
const units = [
  { value: "days", label: "days" },
  { value: "weeks", label: "weeks" },
];

export function ScheduleForm({ seen, schedule, weekly, alertDays, zones }: Props) {
  return (
    <ActionForm action={saveSchedule} className="max-w-xl space-y-5">
      <input type="hidden" name="seen" value={seen} />
      <Tick name="enabled" label="Enable Synchronization" ticked={schedule.enabled} />
      <SelectField
        name="frequency"
        label="Frequency"
        hint="Monthly: where a month is shorter, on its last day."
        choices={frequencies}
        value={schedule.frequency}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <SelectField
          name="weekday"
          label="Day of the week"
          hint="Where it is Weekly."
          choices={days}
          value={String(schedule.weekday)}
        />
        <Field
          name="monthDay"
          label="Day of the month"
          hint="Where it is Monthly."
          inputMode="numeric"
          defaultValue={schedule.monthDay}
        />
        <Field
          name="every"
          label="Every"
          hint="Where it is Other."
          inputMode="numeric"
          defaultValue={schedule.every}
        />
        <SelectField
          name="unit"
          label="Days or weeks"
          hint="Counted from the first day."
          choices={units}
          value={schedule.unit}
        />
      </div>
      <fieldset className="grid gap-5 sm:grid-cols-2">
        <legend className="mb-2 font-medium">Start Synchronization</legend>
        <Field name="startsOn" label="Date" type="date" defaultValue={schedule.startsOn} />
        <Field name="startsAt" label="Time" type="time" defaultValue={schedule.startsAt} />
      </fieldset>
      <SelectField
        name="timeZone"
        label="Time zone"
        choices={zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
        value={schedule.timeZone}
      />
      <Tick
        name="weekly"
        label="Automatic weekly sync"
        hint="Whatever the schedule is: 7 days never pass without a sync. It is silent unless it fails, or somebody would have to be removed."
        ticked={weekly}
      />
      <Field
        name="alertDays"
        label="Tell admins when no sync was completed for so many days"
        hint="Empty: never."
        inputMode="numeric"
        defaultValue={alertDays ?? ""}
      />
      <SubmitButton>Save</SubmitButton>
    </ActionForm>
  );
}

function Tick({
  name,
  label,
  hint,
  ticked,
}: {
  name: string;
  label: string;
  hint?: string;
  ticked: boolean;
}) {
  const { values } = useFormAnswer();
  const isSent = values.seen !== undefined;
  return (
    <label className="flex items-start gap-3">
      <input
        type="checkbox"
        className="checkbox mt-0.5"
        name={name}
        defaultChecked={isSent ? values[name] !== undefined : ticked}
      />
      <span>
        <span className="font-medium">{label}</span>
        {hint && <span className="block text-base-content/75 text-sm">{hint}</span>}
      </span>
    </label>
  );
}
