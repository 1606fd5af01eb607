"use client";
import { useSyncExternalStore } from "react";

const never = () => () => {};

/** An instant: in UTC as served, in the viewer's own zone once scripts run. */
export function Moment({ at }: { at: Date | string }) {
  const local = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const instant = new Date(at);
  return (
    <time dateTime={instant.toISOString()} className="whitespace-nowrap">
      {words(instant, local)}
    </time>
  );
}

function words(instant: Date, local: boolean): string {
  const format = new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...(local ? {} : { timeZone: "UTC" }),
  });
  return local ? format.format(instant) : `${format.format(instant)} UTC`;
}
