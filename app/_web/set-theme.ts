"use server";
import { cookies } from "next/headers";
import { z } from "zod";
import { isHttps } from "#app/_web/base-url.ts";
import { publicFormAction } from "#app/_web/form-action.ts";
import { requestPath } from "#app/_web/request-path.ts";
import { themeCookie } from "#app/_web/theme.ts";

const year = 365 * 24 * 60 * 60;

/** A choice of this browser, kept in a cookie; "system" forgets it. */
export const setTheme = publicFormAction(
  z.object({ theme: z.enum(["system", "light", "dark"]) }),
  async ({ theme }) => {
    const maxAge = theme === "system" ? 0 : year;
    (await cookies()).set(themeCookie, theme, {
      httpOnly: true,
      sameSite: "lax",
      secure: isHttps(),
      path: "/",
      maxAge,
    });
    return { ok: true, to: await requestPath() };
  },
  {},
);
