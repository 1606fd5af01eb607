/**
 * objectGUID as Active Directory writes it in text: the first three groups are stored the other way round (MS-DTYP 2.3.4.2).
 * Throws RangeError when it is not 16 bytes.
 */
export function guidToText(bytes: Buffer): string {
  if (bytes.length !== 16) throw new RangeError(`an objectGUID has 16 bytes, not ${bytes.length}`);
  const hex = turned(bytes).toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export const isGuid = (text: string): boolean => /^[0-9a-f]{32}$/i.test(text.replaceAll("-", ""));

/** Throws RangeError where it is none. */
export function guidToBytes(text: string): Buffer {
  if (!isGuid(text)) throw new RangeError("no GUID");
  return turned(Buffer.from(text.replaceAll("-", ""), "hex"));
}

const turned = (bytes: Buffer): Buffer =>
  Buffer.from([3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].map((from) => bytes[from] as number));
