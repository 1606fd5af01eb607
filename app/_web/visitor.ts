import { headers } from "next/headers";
import type { Visitor } from "#lib/sign-in/visitor.ts";
import { clientIp } from "./client-ip.ts";

/** Where this request comes from, as far as it can be known. */
export async function visitor(): Promise<Visitor> {
  return { ip: await clientIp(), userAgent: (await headers()).get("user-agent") };
}
