import { type Door, forgiveAttempt, limitAttempts } from "#lib/sign-in/limit-attempts.ts";
import { clientIp } from "./client-ip.ts";

type TooMany = { ok: false; reason: "too_many"; sentence: string; seconds: number };

/** Counts one attempt of this browser at a way in; what to answer when there were too many, else null. */
export async function limitVisitor(door: Door, address?: string): Promise<TooMany | null> {
  const attempted = await limitAttempts({ door, address, ip: await clientIp() });
  if (attempted.ok) return null;
  const minutes = Math.ceil(attempted.seconds / 60);
  const sentence = `There were too many attempts. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`;
  return { ...attempted, sentence };
}

/** Takes that attempt back: of links only those that were refused count. */
export const forgiveVisitor = async (door: Door): Promise<void> =>
  forgiveAttempt({ door, ip: await clientIp() });
