import { scaleLinear, scalePoint } from "d3-scale";
import { curveMonotoneX, line as lineThrough } from "d3-shape";

type Look = "first" | "second" | "third" | "fourth";
export type Series = { label: string; look: Look; values: number[] };

/** `line`, `dots`: paths of SVG. */
export type Line = Series & { line: string; dots: string };
/** What a chart of weeks draws and names; `box` is its viewBox, `grid` the path of its ticks. */
export type ChartLines = { weeks: string[]; series: Line[]; ticks: number[]; grid: string; box: string };

const [width, height] = [1_200, 200];

/** Drawn on the server, so that no browser loads what draws. */
export function weeksLines(weeks: Date[], series: Series[]): ChartLines {
  const most = Math.max(4, ...series.flatMap(({ values }) => values));
  const y = scaleLinear([0, most], [height, 0]).nice(4);
  const x = scalePoint(
    weeks.map((_, at) => at),
    [0, width],
  ).padding(0.5);
  const place = (at: number) => Math.round(x(at) ?? 0);
  const level = (value: number) => Math.round(y(value) * 10) / 10;
  const path = lineThrough<number>((_, at) => place(at), level).curve(curveMonotoneX);
  const ticks = y.ticks(4);
  return {
    weeks: weeks.map((week) => day.format(week)),
    series: series.map((one) => ({
      ...one,
      line: path(one.values) ?? "",
      dots: one.values.map((value, at) => (value > 0 ? `M${place(at)} ${level(value)}h0` : "")).join(""),
    })),
    ticks,
    grid: ticks.map((tick) => `M0 ${level(tick)}H${width}`).join(""),
    box: `0 0 ${width} ${height}`,
  };
}

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
