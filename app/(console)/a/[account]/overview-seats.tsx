"use client";
import { useId } from "react";
import { cappedCount, number } from "#app/_components/number.ts";
import { Section } from "#app/_components/section.tsx";
import type { SeatsTaken } from "#lib/overview/count-seats.ts";

export function OverviewSeats({ seats: { taken, limit } }: { seats: SeatsTaken }) {
  const shown = cappedCount(taken);
  return (
    <Section title="Seats">
      <p>
        <strong className="font-semibold text-2xl tracking-tight">{shown}</strong>{" "}
        {limit === null ? "taken; no limit is set" : `of ${number(limit)} taken`}
        {limit !== null && !taken.capped && (
          <span className="text-base-content/75">, {number(Math.max(0, limit - taken.count))} left</span>
        )}
      </p>
      {limit !== null && limit > 0 && (
        <Meter taken={taken.count} limit={limit} told={`${shown} of ${number(limit)} seats are taken.`} />
      )}
    </Section>
  );
}

function Meter({ taken, limit, told }: { taken: number; limit: number; told: string }) {
  const id = useId();
  return (
    <svg
      role="img"
      aria-labelledby={`${id}-title ${id}-description`}
      viewBox="0 0 400 10"
      preserveAspectRatio="none"
      className="h-2.5 w-full rounded-full"
    >
      <title id={`${id}-title`}>Seats taken</title>
      <desc id={`${id}-description`}>{told}</desc>
      <rect width="400" height="10" className="fill-base-300" />
      <rect
        width={400 * Math.min(1, taken / limit)}
        height="10"
        className={taken >= limit ? "fill-warning" : "fill-primary"}
      />
    </svg>
  );
}
