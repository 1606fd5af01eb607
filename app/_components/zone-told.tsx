"use client";
import { useServedZone } from "./moment.tsx";

/** In which zone the times of this page are told. */
export function ZoneTold() {
  const utc = useServedZone();
  const zone = utc ? "UTC" : Intl.DateTimeFormat().resolvedOptions().timeZone.replaceAll("_", " ");
  return <p className="text-base-content/75 text-sm">Times on this page: {zone}</p>;
}
