import { listAccounts } from "#lib/accounts/list-accounts.ts";
import { recordKeysRotated } from "#lib/accounts/record-keys-rotated.ts";
import { chainKeys } from "#lib/audit/chain-keys.ts";
import { resealDirectoryPassword } from "#lib/directory/reseal-directory-password.ts";
import type { Resealed } from "#lib/secrets/reseal.ts";
import { secretKeys } from "#lib/secrets/secret-keys.ts";
import { resealSsoSecret } from "#lib/sign-in/reseal-sso-secret.ts";
import { resealUploads } from "#lib/uploads/reseal-uploads.ts";
import { type Answer, type Command, noMore } from "./command.ts";

export const keyCommands: Record<string, Command> = {
  "rotate-keys": {
    takes: "",
    about: "seal everything anew under the first of ROLLCALL_SECRET_KEYS, once web and worker run with it",
    run: async (args) => {
      noMore(args);
      const sums: Resealed = { resealed: 0, unopened: {} };
      const inChains = new Map<string, string[]>();
      for (const { id, slug } of await listAccounts()) {
        const done = sumOf([
          await resealUploads(id),
          await resealSsoSecret(id),
          await resealDirectoryPassword(id),
        ]);
        if (done.resealed > 0) await recordKeysRotated(id, done.resealed);
        Object.assign(sums, sumOf([sums, done]));
        for (const keyId of await chainKeys(id)) inChains.set(keyId, [...(inChains.get(keyId) ?? []), slug]);
      }
      return report(sums, inChains);
    },
  },
};

function sumOf(parts: Resealed[]): Resealed {
  const unopened: Record<string, number> = {};
  for (const part of parts)
    for (const [keyId, count] of Object.entries(part.unopened))
      unopened[keyId] = (unopened[keyId] ?? 0) + count;
  return { resealed: parts.reduce((sum, part) => sum + part.resealed, 0), unopened };
}

function report({ resealed, unopened }: Resealed, inChains: Map<string, string[]>): Answer {
  const { current, byId } = secretKeys();
  const older = [...byId.keys()].filter((keyId) => keyId !== current.id);
  const free = older.filter((keyId) => !unopened[keyId] && !inChains.has(keyId));
  const told = [`Sealed anew under ${current.id}: ${resealed}.`];
  for (const [keyId, count] of Object.entries(unopened))
    told.push(`Could not be opened with the keys given: ${count} sealed under "${keyId}". Nothing was lost.`);
  for (const keyId of older.filter((each) => inChains.has(each)))
    told.push(
      `Still needed: ${keyId}. Events of ${inChains.get(keyId)?.join(", ")} were chained under it, and without it that part cannot be verified.`,
    );
  told.push(free.length > 0 ? `No longer needed: ${free.join(", ")}.` : "No older key can be dropped.");
  return { text: told.join("\n"), failed: Object.keys(unopened).length > 0 };
}
