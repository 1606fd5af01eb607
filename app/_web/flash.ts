import { createHmac, timingSafeEqual } from "node:crypto";
import { cookies, headers } from "next/headers";
import { z } from "zod";
import { isHttps } from "./base-url.ts";
import { settings } from "./settings.ts";

const flashSchema = z.object({
  tone: z.enum(["success", "info", "error"]),
  message: z.string(),
  /** Where to go with it, a path of ours. */
  link: z.object({ text: z.string(), href: z.string() }).optional(),
  /** The page that shows it, without query: a soft navigation may ask for another one first. */
  path: z.string(),
});
export type Flash = z.infer<typeof flashSchema>;

export const flashCookie = "rollcall_flash";
export const flashHeader = "x-rollcall-flash";
/** Seconds. proxy.ts also takes the cookie away with the first full page that carried it. */
const lifetime = 20;
const longestMessage = 1_000;

/** Shows a message once, on the page that a redirect leads to. */
export async function setFlash(flash: Flash): Promise<void> {
  (await cookies()).set(flashCookie, seal(flash), {
    httpOnly: true,
    sameSite: "lax",
    secure: isHttps(),
    path: "/",
    maxAge: lifetime,
  });
}

export async function readFlash(path: string): Promise<Flash | null> {
  const value = (await headers()).get(flashHeader);
  const flash = value ? open(value) : null;
  return flash && flash.path === path.split("?")[0] ? flash : null;
}

function seal(flash: Flash): string {
  const short = { ...flash, message: flash.message.slice(0, longestMessage) };
  const payload = Buffer.from(JSON.stringify(short)).toString("base64url");
  return `${payload}.${signature(payload)}`;
}

function open(value: string): Flash | null {
  const [payload = "", given = ""] = value.split(".");
  const expected = Buffer.from(signature(payload));
  const offered = Buffer.from(given);
  if (expected.length !== offered.length || !timingSafeEqual(expected, offered)) return null;
  const parsed = flashSchema.safeParse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
  return parsed.success ? parsed.data : null;
}

function signature(payload: string): string {
  return createHmac("sha256", settings().NEXTAUTH_SECRET).update(`flash\0${payload}`).digest("base64url");
}
