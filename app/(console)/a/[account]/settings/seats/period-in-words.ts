const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const dayMs = 86_400_000;

/** "1 Nov 2026 – 30 Nov 2026": `to` is the day after the last. */
export const periodInWords = ({ from, to }: { from: string; to: string }): string =>
  `${day.format(new Date(from))} – ${day.format(new Date(Date.parse(to) - dayMs))}`;
