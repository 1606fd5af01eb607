import { expect, test } from "vitest";
import { nextTimes } from "#lib/directory/schedule/next-times.ts";
import { firstSettings, type ScheduleSettings } from "#lib/directory/settings.ts";

const at = (after: string, wish: Partial<ScheduleSettings>, count = 3) =>
  nextTimes({ ...firstSettings.schedule, enabled: true, ...wish }, new Date(after), count).map((time) =>
    time.toISOString().slice(0, 16),
  );

test.each<[string, string, Partial<ScheduleSettings>, string[]]>([
  [
    "every day, today still",
    "2026-11-27T02:00Z",
    {},
    ["2026-11-27T03:00", "2026-11-28T03:00", "2026-11-29T03:00"],
  ],
  [
    "every day, at the very time",
    "2026-11-27T03:00Z",
    {},
    ["2026-11-28T03:00", "2026-11-29T03:00", "2026-11-30T03:00"],
  ],
  [
    "not before the first day",
    "2026-11-27T02:00Z",
    { startsOn: "2027-01-10" },
    ["2027-01-10T03:00", "2027-01-11T03:00", "2027-01-12T03:00"],
  ],
  [
    "every Sunday",
    "2026-11-27T02:00Z",
    { frequency: "weekly", weekday: 0 },
    ["2026-11-29T03:00", "2026-12-06T03:00", "2026-12-13T03:00"],
  ],
  [
    "the 31st, or the last of the month",
    "2027-01-15T00:00Z",
    { frequency: "monthly", monthDay: 31 },
    ["2027-01-31T03:00", "2027-02-28T03:00", "2027-03-31T03:00"],
  ],
  [
    "every third day from the first",
    "2026-01-05T00:00Z",
    { frequency: "other", every: 3 },
    ["2026-01-07T03:00", "2026-01-10T03:00", "2026-01-13T03:00"],
  ],
  [
    "every second week",
    "2026-01-02T00:00Z",
    { frequency: "other", every: 2, unit: "weeks" },
    ["2026-01-15T03:00", "2026-01-29T03:00", "2026-02-12T03:00"],
  ],
  [
    "clocks set forward: 2:30 does not exist in Berlin",
    "2026-03-28T00:00Z",
    { startsAt: "02:30", timeZone: "Europe/Berlin" },
    ["2026-03-28T01:30", "2026-03-29T01:30", "2026-03-30T00:30"],
  ],
  [
    "clocks set back: 2:30 is there twice",
    "2026-10-24T00:00Z",
    { startsAt: "02:30", timeZone: "Europe/Berlin" },
    ["2026-10-24T00:30", "2026-10-25T00:30", "2026-10-26T01:30"],
  ],
  [
    "a day that begins at one: no midnight in Beirut",
    "2026-03-28T00:00Z",
    { startsAt: "00:00", timeZone: "Asia/Beirut" },
    ["2026-03-28T22:00", "2026-03-29T21:00", "2026-03-30T21:00"],
  ],
])("%s", (_name, after, wish, expected) => {
  expect(at(after, wish)).toEqual(expected);
});
