import { createHash } from "node:crypto";
import { type RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { homeNetwork } from "#lib/network/home-network.ts";
import { limiter } from "./limits/limiter.ts";

/**
 * The ways in: the form that takes an address, the mail with a link that follows, that link, the link of an invitation
 * (only those that were refused count), the form that asks for a new one, an identity provider.
 */
export type Door = "address_form" | "mailed_link" | "link" | "join_link" | "invitation_form" | "sso";
/** `address` as typed, where the door takes one; `ip` null where it is not known, which all such share. */
export type Attempt = { door: Door; address?: string; ip: string | null };
export type Attempted = { ok: true } | { ok: false; reason: "too_many"; seconds: number };

const quarterHour = 15 * 60;

type Limiters = { ip?: RateLimiterPostgres; address?: RateLimiterPostgres };

/**
 * A large office comes from one IP address in the morning, so that may try far more often than one address is mailed to.
 * By address nothing but mail is limited: somebody else's attempts must not keep a person from the identity provider.
 */
const limiters: Record<Door, Limiters> = {
  address_form: { ip: limiter("form_ip", 300, quarterHour) },
  mailed_link: { address: limiter("mail_address", 10, quarterHour) },
  link: { ip: limiter("link_ip", 60, quarterHour) },
  invitation_form: { ip: limiter("new_ip", 300, quarterHour) },
  join_link: { ip: limiter("join_ip", 300, quarterHour) },
  sso: { ip: limiter("sso_ip", 600, quarterHour) },
};

/** Counts one attempt, whether or not anybody has the address; over the limit it says in how many seconds there is another. */
export async function limitAttempts({ door, address, ip }: Attempt): Promise<Attempted> {
  const { ip: byIp, address: byAddress } = limiters[door];
  const waits = await Promise.all([
    byIp ? secondsToWait(byIp, ipKey(ip)) : 0,
    byAddress && address !== undefined ? secondsToWait(byAddress, addressKey(address)) : 0,
  ]);
  const seconds = Math.max(...waits);
  return seconds > 0 ? { ok: false, reason: "too_many", seconds } : { ok: true };
}

/** Takes one attempt back: of links only those that were refused count. */
export async function forgiveAttempt({ door, ip }: Attempt): Promise<void> {
  await limiters[door].ip?.reward(ipKey(ip), 1);
}

async function secondsToWait(limiter: RateLimiterPostgres, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
  }
}

const ipKey = (ip: string | null): string => (ip === null ? "unknown" : homeNetwork(ip));

/** A stranger's address is nothing to keep, and may be of any length. */
const addressKey = (address: string): string =>
  createHash("sha256").update(address.trim().toLowerCase()).digest("base64url");
