import { number } from "./number.ts";

export type Figure = { label: string; value: number; tone?: "bad" | "warn"; capped?: boolean };

/** Numbers first, their names below. */
export function Figures({ figures, label }: { figures: Figure[]; label: string }) {
  return (
    <dl
      aria-label={label}
      className="grid grid-cols-2 overflow-hidden rounded-box border border-base-300 sm:grid-cols-[repeat(auto-fit,minmax(9rem,1fr))]"
    >
      {figures.map((figure) => (
        <div
          key={figure.label}
          className="flex flex-col-reverse justify-end px-4 py-3 shadow-[0_0_0_1px_var(--color-base-300)]"
        >
          <dt className="text-base-content/75 text-sm">{figure.label}</dt>
          <dd className={`font-semibold text-2xl leading-tight tracking-tight ${shade(figure)}`}>
            {number(figure.value)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function shade({ value, tone }: Figure): string {
  if (value === 0) return "text-base-content/60";
  if (tone === "bad") return "text-error";
  return tone === "warn" ? "text-warning" : "";
}
