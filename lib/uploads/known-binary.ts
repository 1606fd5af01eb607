const workbook = "an Excel workbook or a ZIP archive";

const signatures: readonly { what: string; starts: string; at?: number }[] = [
  { what: "a JPEG picture", starts: "ffd8ff" },
  { what: "a PNG picture", starts: "89504e470d0a1a0a" },
  { what: "a GIF picture", starts: "47494638" },
  { what: "a TIFF picture", starts: "49492a00" },
  { what: "a TIFF picture", starts: "4d4d002a" },
  { what: "a WebP, WAV or AVI file", starts: "52494646" },
  { what: "a video", starts: "66747970", at: 4 },
  { what: "a PDF document", starts: "255044462d" },
  { what: workbook, starts: "504b0304" },
  { what: workbook, starts: "504b0506" },
  { what: "an old Excel workbook (.xls)", starts: "d0cf11e0a1b11ae1" },
  { what: "a gzip archive", starts: "1f8b" },
  { what: "a bzip2 archive", starts: "425a68" },
  { what: "an xz archive", starts: "fd377a585a00" },
  { what: "a 7z archive", starts: "377abcaf271c" },
  { what: "a RAR archive", starts: "526172211a07" },
  { what: "a zstd archive", starts: "28b52ffd" },
  { what: "a program", starts: "7f454c46" },
  { what: "an SQLite database", starts: "53514c69746520666f726d6174203300" },
  { what: "an RTF document", starts: "7b5c727466" },
  { what: "UTF-32 text", starts: "fffe0000" },
  { what: "UTF-32 text", starts: "0000feff" },
];

/** What the first bytes say the file is when it is no table of text; null when no signature matches. */
export function knownBinary(head: Buffer): string | null {
  const start = head.subarray(0, 64).toString("hex");
  return signatures.find(({ starts, at = 0 }) => start.startsWith(starts, at * 2))?.what ?? null;
}
