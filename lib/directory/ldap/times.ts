/** GeneralizedTime (RFC 4517 3.3.13), down to minutes or hours; null when it is none. */
export function readGeneralizedTime(text: string): Date | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)?(\d\d)?(?:[.,](\d+))?(Z|[+-]\d\d(?:\d\d)?)$/.exec(text);
  if (!parts) return null;
  const [, year, month, day, hour, minute = "00", second = "00", fraction = "", zone = "Z"] = parts;
  const offset = zone === "Z" ? "Z" : `${zone.slice(0, 3)}:${zone.slice(3) || "00"}`;
  const milliseconds = fraction.padEnd(3, "0").slice(0, 3);
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}${offset}`);
  return Number.isNaN(at.getTime()) ? null : at;
}

const ticksPerMillisecond = 10_000n;
const millisecondsBefore1970 = 11_644_473_600_000n;
const never = new Set(["0", "9223372036854775807"]);

/** A FILETIME, 100 ns since 1601; null for the two values that mean never, and for what is no number. */
export function readFileTime(text: string): Date | null {
  if (never.has(text) || !/^\d{1,19}$/.test(text)) return null;
  const at = new Date(Number(BigInt(text) / ticksPerMillisecond - millisecondsBefore1970));
  return Number.isNaN(at.getTime()) ? null : at;
}
