import { nextTimes } from "./schedule/next-times.ts";
import type { ScheduleSettings } from "./settings.ts";

/** The next three times by this schedule. */
export const nextTimesOf = (schedule: ScheduleSettings): Date[] => nextTimes(schedule, new Date(), 3);
