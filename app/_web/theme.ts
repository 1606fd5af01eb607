import { cookies } from "next/headers";

export const themeCookie = "rollcall_theme";

export type Theme = "light" | "dark";

/** The theme that this browser chose; undefined follows the system's. */
export async function currentTheme(): Promise<Theme | undefined> {
  const value = (await cookies()).get(themeCookie)?.value;
  return value === "light" || value === "dark" ? value : undefined;
}
