"use client";
import { useSyncExternalStore } from "react";
import { dayText, type Instant, isoText, momentText } from "./moment-text.ts";

const never = () => () => {};

/** Whether times are still told in UTC, as served; false once scripts run. */
export const useServedZone = (): boolean =>
  useSyncExternalStore(
    never,
    () => false,
    () => true,
  );

/** An instant, or only its day: in UTC as served, in the viewer's own zone once scripts run. */
export function Moment({ at, only }: { at: Instant; only?: "day" }) {
  const utc = useServedZone();
  return <time dateTime={isoText(at)}>{only ? dayText(at, utc) : momentText(at, utc)}</time>;
}
