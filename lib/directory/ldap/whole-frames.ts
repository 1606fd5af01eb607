import type { Socket } from "node:net";

/** Why the line was cut from this side; null where it was not. */
export type Watch = { fault: "not_ldap" | "entry_too_large" | "control_refused" | null };

/** More entries in one answer than a page can have: the server does not page, whatever it was asked for. */
export class UnpagedAnswer extends Error {}

/** Takes a whole message for itself, or leaves it to whoever is behind; throws RangeError at what is no message, or UnpagedAnswer. */
export type Take = (bytes: Buffer, start: number, end: number) => boolean;

/**
 * Lets bytes through by whole messages only, none longer than `most`, and only those that `take` leaves. The client behind
 * it joins what it has with each chunk that comes, which takes as long as the square of a message's length, and waits for
 * ever on what is not LDAP.
 */
export function watchFrames(socket: Socket, most: number, take: Take): Watch {
  const watch: Watch = { fault: null };
  const push = socket.push.bind(socket);
  let pending: Buffer[] = [];
  let held = 0;
  /** Bytes of the message at the front of `pending`, once its head is there. */
  let needed = 0;
  const cut = (fault: NonNullable<Watch["fault"]>): boolean => {
    watch.fault = fault;
    socket.destroy();
    return false;
  };
  socket.push = (chunk: Buffer | null, encoding) => {
    if (chunk === null) return push(null, encoding);
    pending.push(chunk);
    held += chunk.length;
    if (held < needed) return true;
    const bytes = pending.length === 1 ? chunk : Buffer.concat(pending, held);
    const whole = wholeMessages(bytes, most, take);
    if (typeof whole === "string") return cut(whole);
    const rest = bytes.subarray(whole.end);
    pending = rest.length > 0 ? [rest] : [];
    held = rest.length;
    needed = whole.needed;
    return whole.left.length > 0 ? push(Buffer.concat(whole.left), encoding) : true;
  };
  return watch;
}

const sequence = 0x30;
const headBytes = 6;

/** `needed`: how many bytes the message behind the last whole one takes, as far as that is known. */
type Whole = { end: number; needed: number; left: Buffer[] };

/** Where the last whole message ends, and those that nobody has taken. */
function wholeMessages(bytes: Buffer, most: number, take: Take): Whole | NonNullable<Watch["fault"]> {
  const left: Buffer[] = [];
  let end = 0;
  while (end < bytes.length) {
    if (bytes[end] !== sequence) return "not_ldap";
    const length = lengthAt(bytes, end);
    if (length === null) return { end, needed: Math.min(headBytes, bytes.length - end + 1), left };
    if (length < 0) return "not_ldap";
    if (length > most) return "entry_too_large";
    if (end + length > bytes.length) return { end, needed: length, left };
    try {
      if (!take(bytes, end, end + length)) left.push(bytes.subarray(end, end + length));
    } catch (error) {
      if (error instanceof UnpagedAnswer) return "control_refused";
      if (error instanceof RangeError) return "not_ldap";
      throw error;
    }
    end += length;
  }
  return { end, needed: 0, left };
}

/** Of the message at `at` with its head; null when the head is not all there, negative when it is none. */
function lengthAt(bytes: Buffer, at: number): number | null {
  const first = bytes[at + 1];
  if (first === undefined) return null;
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  if (count === 0 || count > 4) return -1;
  if (bytes.length < at + 2 + count) return null;
  return 2 + count + bytes.readUIntBE(at + 2, count);
}
