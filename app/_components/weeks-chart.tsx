import { scaleLinear, scalePoint } from "d3-scale";
import { curveMonotoneX, line } from "d3-shape";
import { useId } from "react";
import { number } from "./number.ts";

export type Series = { label: string; look: keyof typeof looks; values: number[] };
type Props = { title: string; description: string; weeks: Date[]; series: Series[]; capped: boolean };

/** Told apart by dashes as well as by colour. */
const looks = {
  first: { line: "stroke-primary", dash: undefined },
  second: { line: "stroke-info", dash: "6 4" },
  third: { line: "stroke-warning", dash: "2 4" },
  fourth: { line: "stroke-success", dash: "10 3 2 3" },
} as const;

const [width, height] = [1_200, 200];

/** A line a series over twelve weeks, every third of which is named; the same numbers stand in a table below. */
export function WeeksChart({ title, description, weeks, series, capped }: Props) {
  const most = Math.max(4, ...series.flatMap(({ values }) => values));
  const y = scaleLinear([0, most], [height, 0]).nice(4);
  const ticks = y.ticks(4);
  return (
    <figure className="space-y-3">
      <Legend series={series} />
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-base-content/75 text-xs">
        <div
          aria-hidden="true"
          className="-my-1.5 flex h-51 flex-col-reverse justify-between text-end leading-3"
        >
          {ticks.map((tick) => (
            <span key={tick}>{number(tick)}</span>
          ))}
        </div>
        <Lines title={title} description={description} series={series} y={y} ticks={ticks} />
        <div aria-hidden="true" className="col-start-2 mt-1 grid grid-cols-4 text-center">
          {weeks
            .filter((_, at) => at % 3 === 1)
            .map((week) => (
              <span key={week.getTime()} className="whitespace-nowrap">
                {dayOf(week)}
              </span>
            ))}
        </div>
      </div>
      <Numbers title={title} weeks={weeks} series={series} capped={capped} />
    </figure>
  );
}

type LinesProps = Pick<Props, "title" | "description" | "series"> & {
  y: (value: number) => number;
  ticks: number[];
};

/** Stretched to the width there is; strokes keep theirs. A dot is a line of no length with round ends. */
function Lines({ title, description, series, y, ticks }: LinesProps) {
  const id = useId();
  const length = series[0]?.values.length ?? 0;
  const x = scalePoint(
    Array.from({ length }, (_, at) => at),
    [0, width],
  ).padding(0.5);
  const place = (at: number) => x(at) ?? 0;
  const path = line<number>((_, at) => place(at), y).curve(curveMonotoneX);
  return (
    <svg
      role="img"
      aria-labelledby={`${id}-title ${id}-description`}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className="h-48 w-full overflow-visible fill-none"
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-description`}>{description}</desc>
      {ticks.map((tick) => (
        <path
          key={tick}
          d={`M0 ${y(tick)}H${width}`}
          vectorEffect="non-scaling-stroke"
          className="stroke-base-300"
        />
      ))}
      {series.map(({ label, look, values }) => (
        <g key={label} className={looks[look].line} strokeLinecap="round">
          <path
            d={path(values) ?? ""}
            strokeWidth="2"
            strokeDasharray={looks[look].dash}
            vectorEffect="non-scaling-stroke"
          />
          <path
            d={values.map((value, at) => (value > 0 ? `M${place(at)} ${y(value)}h0` : "")).join("")}
            strokeWidth="7"
            vectorEffect="non-scaling-stroke"
          />
        </g>
      ))}
    </svg>
  );
}

const Legend = ({ series }: { series: Series[] }) => (
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

function Numbers({ title, weeks, series, capped }: Pick<Props, "title" | "weeks" | "series" | "capped">) {
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
              <th scope="col" className="text-start">
                Week of
              </th>
              {series.map(({ label }) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeks.map((week, at) => (
              <tr key={week.getTime()} className="border-base-300 border-t">
                <th scope="row" className="whitespace-nowrap text-start font-normal">
                  {dayOf(week)}
                </th>
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

const dayOf = (week: Date) =>
  new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" }).format(week);
