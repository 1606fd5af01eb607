import { Resolver } from "node:dns/promises";

export type LookedUp = "found" | "other_value" | "no_record" | "no_answer";

const waitMs = { query: 2_000, inAll: 6_000 };

/** Whether the TXT records of `name` hold `value`. `servers`: the operator's, else those of the system. */
export async function lookUpProof(name: string, value: string, servers: string[]): Promise<LookedUp> {
  const resolver = new Resolver({ timeout: waitMs.query, tries: 2 });
  if (servers.length > 0) resolver.setServers(servers);
  const over = setTimeout(() => resolver.cancel(), waitMs.inAll);
  try {
    const records = await resolver.resolveTxt(name);
    // A record longer than 255 bytes comes in pieces that belong together (RFC 7208, 3.3).
    return records.some((pieces) => pieces.join("").trim() === value) ? "found" : "other_value";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOTFOUND" || code === "ENODATA" ? "no_record" : "no_answer";
  } finally {
    clearTimeout(over);
  }
}
