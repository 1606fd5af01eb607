"use client";
import { useSyncExternalStore } from "react";

const never = () => () => {};

/** An instant, or only its day: in UTC as served, in the viewer's own zone once scripts run. */
export function Moment({ at, only }: { at: Date | string; only?: "day" }) {
  const local = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const instant = new Date(at);
  const zone = local ? {} : { timeZone: "UTC" };
  return (
    <time dateTime={instant.toISOString()}>
      <span className="whitespace-nowrap">{day(zone).format(instant)}</span>
      {!only && (
        <>
          {" "}
          <span className="whitespace-nowrap">
            {clock(zone).format(instant)}
            {local ? "" : " UTC"}
          </span>
        </>
      )}
    </time>
  );
}

type Zone = { timeZone?: string };

const day = (zone: Zone) =>
  new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", ...zone });

const clock = (zone: Zone) =>
  new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...zone });
