"use client";
import { setTheme } from "#app/_web/set-theme.ts";
import type { Theme } from "#app/_web/theme.ts";
import { ActionForm } from "./action-form.tsx";

const choices = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

/** `chosen` undefined: as the system has it. */
export function ThemeButtons({ chosen = "system" }: { chosen?: Theme | "system" | undefined }) {
  return (
    <ActionForm action={setTheme}>
      <fieldset>
        <legend className="mb-1 text-base-content/75 text-sm">Appearance</legend>
        <div className="join">
          {choices.map(({ value, label }) => (
            <button
              key={value}
              type="submit"
              name="theme"
              value={value}
              aria-pressed={value === chosen}
              className={`btn join-item btn-xs ${value === chosen ? "btn-primary" : "btn-quiet"}`}
            >
              {label}
            </button>
          ))}
        </div>
      </fieldset>
    </ActionForm>
  );
}
