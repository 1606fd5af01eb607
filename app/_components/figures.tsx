"use client";
import { cappedCount } from "./number.ts";

/** `href`: the list that the number counts; `capped`: there are more than `value`. */
export type Figure = {
  label: string;
  value: number;
  capped?: boolean;
  tone?: "bad" | "warn";
  href?: string;
};

type Props = { figures: Figure[]; label: string; wide: 4 | 5 };

const grids: Record<Props["wide"], string> = { 4: "sm:grid-cols-4", 5: "sm:grid-cols-3 xl:grid-cols-5" };

/** Numbers first, their names below; `wide` is how many stand side by side where there is room. */
export function Figures({ figures, label, wide }: Props) {
  return (
    <div className="overflow-hidden rounded-box border border-base-300">
      <dl aria-label={label} className={`-mr-px -mb-px grid grid-cols-2 ${grids[wide]}`}>
        {figures.map((figure) => (
          <div
            key={figure.label}
            className="relative flex flex-col-reverse justify-end border-base-300 border-r border-b px-4 py-3 has-[a:hover]:bg-base-200"
          >
            <dt className="text-base-content/75 text-sm">{figure.label}</dt>
            <dd className={`font-semibold text-2xl leading-tight tracking-tight ${shade(figure)}`}>
              <FigureValue figure={figure} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** The whole cell is the link's target. */
function FigureValue({ figure }: { figure: Figure }) {
  const shown = cappedCount({ count: figure.value, capped: figure.capped === true });
  if (!figure.href || figure.value === 0) return shown;
  return (
    <a
      href={figure.href}
      aria-label={`${shown} ${figure.label}`}
      className="after:absolute after:inset-0 hover:underline"
    >
      {shown}
    </a>
  );
}

function shade({ value, tone }: Figure): string {
  if (value === 0) return "text-base-content/60";
  if (tone === "bad") return "text-error";
  return tone === "warn" ? "text-warning" : "";
}
