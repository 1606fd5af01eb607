import { DateTime } from "luxon";
import type { ScheduleSettings } from "../settings.ts";

/** Days looked at before a schedule is taken to have no further time. */
const farthest = 3_700;

/**
 * The next `count` times after `after`. A time that the clocks leap over is an hour later on that day; one that they give
 * twice is the first of both. A month without the day has its last day.
 */
export function nextTimes(schedule: ScheduleSettings, after: Date, count: number): Date[] {
  const { startsOn, startsAt, timeZone: zone } = schedule;
  const [hour, minute] = startsAt.split(":").map(Number);
  const first = DateTime.fromISO(startsOn, { zone });
  const today = DateTime.fromJSDate(after, { zone }).startOf("day");
  const times: Date[] = [];
  const from = today < first ? first : today;
  for (let ahead = 0; ahead < farthest && times.length < count; ahead += 1) {
    const day = from.plus({ days: ahead });
    if (!isDay(schedule, day, first)) continue;
    const at = day.set({ hour, minute }).toJSDate();
    if (at > after) times.push(at);
  }
  return times;
}

/** `every` is counted from the first day. */
function isDay(
  { frequency, weekday, monthDay, every, unit }: ScheduleSettings,
  day: DateTime,
  first: DateTime,
) {
  if (frequency === "daily") return true;
  if (frequency === "weekly") return day.weekday % 7 === weekday;
  if (frequency === "monthly") return day.day === Math.min(monthDay, day.daysInMonth ?? 31);
  const days = Math.round(day.startOf("day").diff(first.startOf("day"), "days").days);
  return days % (unit === "weeks" ? every * 7 : every) === 0;
}
