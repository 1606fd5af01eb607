/**
 * Bytes of the well-formed UTF-8 sequence that starts here; 0 when there is none, -1 when the bytes end inside one.
 * Table 3-7 of the Unicode Standard: no overlong forms, no surrogates.
 */
export function utf8Sequence(bytes: Buffer, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  for (let step = 1; step < length; step++) {
    const byte = bytes[at + step];
    if (byte === undefined) return -1;
    if (!continues(lead, step, byte)) return 0;
  }
  return length;
}

function continues(lead: number, step: number, byte: number): boolean {
  if (byte < 0x80 || byte > 0xbf) return false;
  if (step > 1) return true;
  if (lead === 0xe0) return byte >= 0xa0;
  if (lead === 0xed) return byte <= 0x9f;
  if (lead === 0xf0) return byte >= 0x90;
  return lead !== 0xf4 || byte <= 0x8f;
}

/** How many bytes at the end belong to a sequence that the next chunk may complete. */
export function openSequence(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return utf8Sequence(bytes, bytes.length - back) === -1 ? back : 0;
  }
  return 0;
}
