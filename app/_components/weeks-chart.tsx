"use client";
import { useId } from "react";
import { number } from "./number.ts";
import type { ChartLines, Line } from "./weeks-lines.ts";

type Props = { title: string; description: string; lines: ChartLines; capped: boolean };

/** Told apart by dashes as well as by colour. */
const looks: Record<Line["look"], { line: string; dash: string | undefined }> = {
  first: { line: "stroke-primary", dash: undefined },
  second: { line: "stroke-info", dash: "6 4" },
  third: { line: "stroke-warning", dash: "2 4" },
  fourth: { line: "stroke-success", dash: "10 3 2 3" },
};

/** A line a series over twelve weeks, every third of which is named; the same numbers stand in a table below. */
export function WeeksChart({ title, description, lines, capped }: Props) {
  return (
    <figure className="space-y-3">
      <Legend series={lines.series} />
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-base-content/75 text-xs">
        <div
          aria-hidden="true"
          className="-my-1.5 flex h-51 flex-col-reverse justify-between text-end leading-3"
        >
          {lines.ticks.map((tick) => (
            <span key={tick}>{number(tick)}</span>
          ))}
        </div>
        <Drawing title={title} description={description} lines={lines} />
        <div aria-hidden="true" className="col-start-2 mt-1 grid grid-cols-4 text-center">
          {lines.weeks
            .filter((_, at) => at % 3 === 1)
            .map((week) => (
              <span key={week} className="whitespace-nowrap">
                {week}
              </span>
            ))}
        </div>
      </div>
      <Numbers title={title} lines={lines} capped={capped} />
    </figure>
  );
}

/** Stretched to the width there is; strokes keep theirs. A dot is a line of no length with round ends. */
function Drawing({ title, description, lines }: Omit<Props, "capped">) {
  const id = useId();
  return (
    <svg
      role="img"
      aria-labelledby={`${id}-title ${id}-description`}
      viewBox={lines.box}
      preserveAspectRatio="none"
      className="weeks-chart h-48 w-full overflow-visible fill-none"
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-description`}>{description}</desc>
      <path d={lines.grid} className="stroke-base-300" />
      {lines.series.map(({ label, look, line, dots }) => (
        <g key={label} className={looks[look].line}>
          <path d={line} strokeWidth="2" strokeDasharray={looks[look].dash} />
          <path d={dots} strokeWidth="7" />
        </g>
      ))}
    </svg>
  );
}

const Legend = ({ series }: { series: Line[] }) => (
  <figcaption className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
    {series.map(({ label, look }) => (
      <span key={label} className="inline-flex items-center gap-2">
        <svg viewBox="0 0 28 6" aria-hidden="true" className={`h-1.5 w-7 ${looks[look].line}`}>
          <path d="M0 3H28" strokeWidth="2.5" strokeDasharray={looks[look].dash} />
        </svg>
        {label}
      </span>
    ))}
  </figcaption>
);

function Numbers({ title, lines: { weeks, series }, capped }: Omit<Props, "description">) {
  return (
    <details className="text-sm">
      <summary className="w-fit cursor-pointer underline underline-offset-2">The same in numbers</summary>
      <section
        aria-label={`${title}, in numbers`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrollable by keyboard
        tabIndex={0}
        className="mt-2 overflow-x-auto"
      >
        <table className="roll-numbers w-full text-end">
          <caption className="sr-only">{title}</caption>
          <thead>
            <tr>
              <th scope="col">Week of</th>
              {series.map(({ label }) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeks.map((week, at) => (
              <tr key={week}>
                <th scope="row">{week}</th>
                {series.map(({ label, values }) => (
                  <td key={label}>{number(values[at] ?? 0)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {capped && <p className="mt-1">Of what was opened and joined at most 10,000 a week are counted.</p>}
    </details>
  );
}
