import { expect, test } from "vitest";
import { dayText, isoText, momentText } from "#app/_components/moment-text.ts";

/** As the standard library says it, in the zone given or the machine's. */
const told = (at: Date, timeZone?: string) => {
  const zone = timeZone ? { timeZone } : {};
  const day = { day: "numeric", month: "short", year: "numeric" } as const;
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  return [
    new Intl.DateTimeFormat("en-GB", { ...day, ...zone }).format(at),
    new Intl.DateTimeFormat("en-GB", { ...clock, ...zone }).format(at),
  ] as const;
};
const breaking = (text: string) => text.replaceAll("\u00a0", " ");

const instants = Array.from(
  { length: 26 },
  (_, at) => new Date(Date.UTC(2024, at / 2, at + 1, at, at * 2, 30)),
);

test.each(instants)("%s is told as elsewhere in the product, in UTC and in the viewer's zone", (at) => {
  const [day, clock] = told(at, "UTC");
  expect(breaking(dayText(at, true))).toBe(day);
  expect(breaking(momentText(at.getTime(), true))).toBe(`${day} ${clock} UTC`);
  const [localDay, localClock] = told(at);
  expect(breaking(momentText(isoText(at), false))).toBe(`${localDay} ${localClock}`);
});

test("it breaks between day and clock alone", () => {
  expect(momentText(Date.UTC(2026, 8, 3, 4, 5), true)).toBe("3\u00a0Sept\u00a02026 04:05\u00a0UTC");
});
