export const fileLimits = {
  /** Bytes of the file as uploaded. */
  bytes: 512 * 1024 * 1024,
  rows: 1_000_000,
  columns: 200,
  /** Bytes of one record, in UTF-8. */
  recordBytes: 64 * 1024,
  /** Bytes at the start of the file that are kept for finding delimiter and header. */
  headBytes: 256 * 1024,
} as const;
