const whole = new Intl.NumberFormat("en");

export const number = (value: number): string => whole.format(value);

/** "1 row", "12,480 rows" */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${number(count)} ${count === 1 ? one : many}`;

/** Counts over many rows stop at a cap; "10,000+" says so. */
export const cappedCount = ({ count, capped }: { count: number; capped: boolean }): string =>
  capped ? `${number(Math.min(count, 10_000))}+` : number(count);

export function fileSize(bytes: number): string {
  const units = ["bytes", "KB", "MB", "GB"];
  const step = bytes < 1_000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
  return `${new Intl.NumberFormat("en", { maximumFractionDigits: step ? 1 : 0 }).format(bytes / 1_000 ** step)} ${units[step]}`;
}

/** "under a minute", "about 4 minutes", "about 2 hours" */
export function duration(seconds: number): string {
  if (seconds < 1) return "under a second";
  if (seconds < 60) return countOf(Math.round(seconds), "second");
  if (seconds < 5_400) return countOf(Math.round(seconds / 60), "minute");
  return countOf(Math.round(seconds / 3_600), "hour");
}

/** "12 %"; somebody is never told as nobody. */
export const share = (count: number, of: number): string =>
  count > 0 && count * 200 < of ? "< 1 %" : `${Math.round((100 * count) / of)} %`;
