import type { ReactNode } from "react";

type Tone = "success" | "info" | "error";
const tones: Record<Tone, string> = {
  success: "border-success text-success",
  info: "border-info text-info",
  error: "border-error text-error",
};

/** A sentence that answers what was just done; read out at once when something went wrong. */
export function Alert({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <div
      role={tone === "error" ? "alert" : "status"}
      className={`border-l-4 bg-base-200 px-4 py-3 ${tones[tone]}`}
    >
      <div className="break-words text-base-content">{children}</div>
    </div>
  );
}
