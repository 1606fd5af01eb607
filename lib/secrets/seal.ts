import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

type Keys = { current: { id: string; key: Buffer }; byId: Map<string, Buffer> };

/** `text` is "id:base64key[,id:base64key…]"; the first key seals, every one opens. */
export function readKeys(text: string): Keys {
  const pairs = text.split(",").map((part) => {
    const at = part.indexOf(":");
    return { id: part.slice(0, at), key: Buffer.from(part.slice(at + 1), "base64") };
  });
  const current = pairs[0];
  if (!current) throw new Error("no secret key");
  return { current, byId: new Map(pairs.map(({ id, key }) => [id, key])) };
}

/** AES-256-GCM; `context` (say, account and row id) must be the same at opening, so a sealed value cannot be moved. */
export function seal(keys: Keys, plain: Buffer, context: string): string {
  return `${keys.current.id}.${sealBytes(keys.current.key, plain, context).toString("base64url")}`;
}

/** Throws when the key is unknown, or the value or its context was changed. */
export function open(keys: Keys, sealed: string, context: string): Buffer {
  const at = sealed.indexOf(".");
  const key = keys.byId.get(sealed.slice(0, at));
  if (!key)
    throw new Error(`sealed with key "${sealed.slice(0, at)}", which is not among ROLLCALL_SECRET_KEYS`);
  return openBytes(key, Buffer.from(sealed.slice(at + 1), "base64url"), context);
}

/** 12 bytes nonce, 16 bytes tag, then the ciphertext. */
export function sealBytes(key: Buffer, plain: Buffer, context: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
  const body = cipher.update(plain);
  cipher.final();
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

export function openBytes(key: Buffer, sealed: Uint8Array, context: string): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12))
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
}
