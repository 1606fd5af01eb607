import { z } from "zod";
import type { Network } from "#lib/network/checked-addresses.ts";
import { type Fetched, fetchJson } from "#lib/network/fetch-json.ts";
import { type ProviderFault, readProvider } from "./read-provider.ts";

export type ProbeFault = ProviderFault | { step: "keys"; fetched: Fetched };

const keys = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) });

/** Does what a sign-in would do before anybody is asked for a password; null when all of it went well. */
export async function probeProvider(
  network: Network,
  issuer: string,
  wishes: { withinMs?: number } = {},
): Promise<ProbeFault | null> {
  const read = await readProvider(network, issuer, wishes);
  if (!read.ok) return read.fault;
  const fetched = await fetchJson(network, read.provider.keysEndpoint, wishes);
  return fetched.ok && keys.safeParse(fetched.json).success ? null : { step: "keys", fetched };
}
