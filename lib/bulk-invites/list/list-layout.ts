import type { Encoding } from "#lib/uploads/inspect-bytes.ts";

/** How a list of addresses is to be read: all that a reader needs besides the bytes. Plain data, so that it can be stored. */
export interface ListLayout {
  kind: "addresses";
  encoding: Encoding;
  /** Bytes of the byte order mark. */
  mark: number;
  /** The line above the addresses, shortened; null when the first line holds an address already. */
  header: string | null;
  /** Each line begins with the reason why it failed before, up to this character, as in a download of failed rows. */
  reasonsEnd: string | null;
  /** The end of the header. */
  start: ListPlace;
}

/** Bytes of decoded text and whole lines before a point, which may lie within a line. */
export interface ListPlace {
  offset: number;
  line: number;
}
