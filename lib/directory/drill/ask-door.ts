import { z } from "zod";
import { drillModes } from "../drill-mode.ts";

/** The door of the sample directory; null where none is running. */
export type DrillDoor = { url: string; token: string } | null;

const told = z.object({
  mode: z.enum(drillModes),
  address: z.object({
    host: z.string(),
    ports: z.object({ startTls: z.number(), ldaps: z.number() }),
    baseDn: z.string(),
    bindDn: z.string(),
    password: z.string(),
    ca: z.string(),
  }),
});

/** What the sample directory plays, and what is entered to connect with it. */
export type Drill = z.infer<typeof told>;

const patienceMs = 5_000;

/** Null when nobody answers, or something else than the sample directory does. */
export async function askDoor(door: DrillDoor, request: RequestInit = {}): Promise<Drill | null> {
  if (!door) return null;
  try {
    const answer = await fetch(`${door.url}/drill`, {
      ...request,
      headers: { authorization: `Bearer ${door.token}` },
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(patienceMs),
    });
    return answer.ok ? (told.safeParse(await answer.json()).data ?? null) : null;
  } catch {
    return null;
  }
}
