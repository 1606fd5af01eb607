import { open, type readKeys, seal } from "./seal.ts";

type Keys = ReturnType<typeof readKeys>;
type Sealed = { id: string; sealed: string; context: string };

/** `unopened`: how many values each key id still seals, because it is not among the keys or does not open them. */
export type Resealed = { resealed: number; unopened: Record<string, number> };

export const sealedBy = (sealed: string): string => sealed.slice(0, sealed.indexOf("."));

/**
 * Puts values under the current key, each written by itself, so that it may be broken off and begun again. `write` is
 * given the old value as well, to leave alone what somebody has changed meanwhile.
 */
export async function reseal(
  keys: Keys,
  values: Sealed[],
  write: (id: string, old: string, fresh: string) => Promise<void>,
): Promise<Resealed> {
  const told: Resealed = { resealed: 0, unopened: {} };
  for (const { id, sealed, context } of values) {
    const keyId = sealedBy(sealed);
    if (keyId === keys.current.id) continue;
    const plain = opened(keys, sealed, context);
    if (plain) {
      await write(id, sealed, seal(keys, plain, context));
      told.resealed += 1;
    } else told.unopened[keyId] = (told.unopened[keyId] ?? 0) + 1;
  }
  return told;
}

function opened(keys: Keys, sealed: string, context: string): Buffer | null {
  try {
    return open(keys, sealed, context);
  } catch {
    return null;
  }
}
