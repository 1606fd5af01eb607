const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"];
const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`);

/** An instant as a Date, its ISO text or its milliseconds. */
export type Instant = Date | string | number;

/** `utc`: as served; else in the zone of the machine, which in a browser is the viewer's. Blanks inside do not break. */
export function dayText(at: Instant, utc: boolean): string {
  const date = new Date(at);
  return utc
    ? `${date.getUTCDate()}\u00a0${months[date.getUTCMonth()]}\u00a0${date.getUTCFullYear()}`
    : `${date.getDate()}\u00a0${months[date.getMonth()]}\u00a0${date.getFullYear()}`;
}

/** Breaks between day and clock only. */
export function momentText(at: Instant, utc: boolean): string {
  const date = new Date(at);
  const clock = utc
    ? `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}\u00a0UTC`
    : `${two(date.getHours())}:${two(date.getMinutes())}`;
  return `${dayText(date, utc)} ${clock}`;
}

/** For machines, to the second. */
export const isoText = (at: Instant): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
