import { headers } from "next/headers";

/** The address that a request came from, or null where it is not known. */
export async function clientIp(): Promise<string | null> {
  return (await headers()).get("x-forwarded-for")?.split(",")[0]?.trim() || null;
}
