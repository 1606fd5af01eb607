import type { Socket } from "node:net";

/** Why the line was cut from this side; null where it was not. */
export type Watch = { fault: "not_ldap" | "entry_too_large" | null };

/**
 * Lets bytes through by whole messages only, none longer than `most`. The client behind it joins what it has with each
 * chunk that comes, which takes as long as the square of a message's length, and waits for ever on what is not LDAP.
 */
export function watchFrames(socket: Socket, most: number): Watch {
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
    const whole = wholeMessages(bytes, most);
    if (typeof whole === "string") return cut(whole);
    const rest = bytes.subarray(whole.end);
    pending = rest.length > 0 ? [rest] : [];
    held = rest.length;
    needed = whole.needed;
    return whole.end > 0 ? push(bytes.subarray(0, whole.end), encoding) : true;
  };
  return watch;
}

const sequence = 0x30;
const headBytes = 6;

/** Where the last whole message ends, and how many bytes the one behind it takes, as far as that is known. */
function wholeMessages(
  bytes: Buffer,
  most: number,
): { end: number; needed: number } | "not_ldap" | "entry_too_large" {
  let end = 0;
  while (end < bytes.length) {
    if (bytes[end] !== sequence) return "not_ldap";
    const length = lengthAt(bytes, end);
    if (length === null) return { end, needed: Math.min(headBytes, bytes.length - end + 1) };
    if (length < 0) return "not_ldap";
    if (length > most) return "entry_too_large";
    if (end + length > bytes.length) return { end, needed: length };
    end += length;
  }
  return { end, needed: 0 };
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
