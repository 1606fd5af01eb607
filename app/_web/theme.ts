import { cookies } from "next/headers";

export const themeCookie = "rollcall_theme";

/** The theme that this browser chose; undefined follows the system's. */
export async function currentTheme(): Promise<"light" | "dark" | undefined> {
  const value = (await cookies()).get(themeCookie)?.value;
  return value === "light" || value === "dark" ? value : undefined;
}
