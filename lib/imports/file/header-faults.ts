import { type FileFault, fileFault } from "#lib/uploads/file-fault.ts";
import { fileLimits } from "#lib/uploads/limits.ts";
import type { Delimiter } from "./scan-record.ts";

const delimiterNames: Record<Delimiter, string> = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "pipe",
};

/** A first line that is longer than it may be: too many columns, or no columns at all. */
export function endlessHeader(line: Buffer): FileFault {
  const text = line.toString("latin1");
  const columns = Math.max(...Object.keys(delimiterNames).map((delimiter) => text.split(delimiter).length));
  return columns > fileLimits.columns ? tooManyColumns(`more than ${fileLimits.columns}`) : headerTooLong();
}

export function tooManyColumns(count: number | string): FileFault {
  return fileFault(
    "too_many_columns",
    `The first line has ${count} columns; ${fileLimits.columns} is the most. Remove those that are not needed.`,
  );
}

export function headerTooLong(): FileFault {
  return fileFault(
    "header_too_long",
    "The first line is longer than 64 KiB. It must hold the names of the columns, and each person must stand on a line of their own.",
  );
}

export function headerQuoteOpen(line: number, delimiter: Delimiter): FileFault {
  const name = delimiterNames[delimiter];
  return fileFault(
    "broken_quotes",
    `Line ${line}, which should name the columns, has a quote that is not closed. Remove it, or close it before the next ${name}.`,
  );
}
