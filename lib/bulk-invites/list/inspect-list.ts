import { decodeHead } from "#lib/uploads/decode.ts";
import { type FileFault, fileFault } from "#lib/uploads/file-fault.ts";
import type { TextVerdict } from "#lib/uploads/inspect-bytes.ts";
import { readAddressList } from "#lib/users/address-list.ts";
import { cleanValue } from "#lib/users/clean-value.ts";
import { shownCell } from "#lib/users/shown-cell.ts";
import type { ListLayout, ListPlace } from "./list-layout.ts";
import { firstCell, reasonHeader } from "./pass-over-reason.ts";

/** What a line above a list of addresses says, in the languages that we ship; anything else is taken for a wrong address. */
const headerWords =
  /mail|addres|adress|correo|direcci|メール|アドレス|recipient|empf(ä|ae)nger|invite|users?\b|people/i;
const longestHeader = 200;
const linesLookedAt = 200;

type HeadLine = { text: string; end: ListPlace };

/** Finds the line above the addresses, and the faults for which a whole file is refused. `head` is as uploaded. */
export function inspectList(
  head: Buffer,
  verdict: TextVerdict,
): { ok: true; layout: ListLayout } | FileFault {
  const bytes = decodeHead(head, verdict);
  const whole = head.length === verdict.size;
  const lines = headLines(bytes, whole).filter(({ text }) => cleanValue(text) !== "");
  const [first, ...rest] = lines;
  const beginning = bytes.toString("utf8");
  if (whole && cleanValue(beginning.trim()) === "") return noText();
  if (whole && !beginning.includes("@")) return noAddress();
  const reason = first && firstCell(first.text);
  const reasonsEnd = reason?.text === reasonHeader ? reason.end : null;
  if (!reasonsEnd && first && isRoster(first, rest)) return roster();
  const headed = first && (reasonsEnd !== null || isHeader(first.text));
  return {
    ok: true,
    layout: {
      kind: "addresses",
      encoding: verdict.encoding,
      mark: verdict.mark,
      header: headed ? shownCell(first.text) : null,
      reasonsEnd,
      start: headed ? first.end : { offset: 0, line: 0 },
    },
  };
}

/** The first lines, each with where it ends. Of a file that goes on the last one is cut off, and is left out. */
function headLines(bytes: Buffer, whole: boolean): HeadLine[] {
  const lines: HeadLine[] = [];
  const text = bytes.toString("latin1");
  const line = /([^\r\n]*)(\r\n|\n|\r|$)/y;
  while (lines.length < linesLookedAt && line.lastIndex < text.length) {
    const found = line.exec(text);
    if (!found || (found[2] === "" && !whole)) break;
    lines.push({
      text: Buffer.from(found[1] ?? "", "latin1").toString("utf8"),
      end: { offset: line.lastIndex, line: lines.length + 1 },
    });
  }
  return lines;
}

const isHeader = (line: string): boolean =>
  !line.includes("@") && line.length <= longestHeader && headerWords.test(line);

const cellsOf = (line: string): string[] =>
  readAddressList(line.replace(/[\t|]/g, ";")).map(({ address }) => address);

/** A header of several names, or more cells beside the addresses than lines without any such. */
function isRoster(first: HeadLine, rest: HeadLine[]): boolean {
  const namesColumns = !first.text.includes("@") && cellsOf(first.text).length > 1;
  const withAddress = [first, ...rest].filter(({ text }) => text.includes("@"));
  // In "Doe, Jane <jane@…>" the comma is part of a name.
  const withMore = withAddress.filter(
    ({ text }) => !text.includes("<") && cellsOf(text).some((cell) => !cell.includes("@")),
  );
  return withAddress.length > 0 && (namesColumns || withMore.length * 2 > withAddress.length);
}

const noText = () => fileFault("empty", "The file has no text in it. Choose a file with one address a line.");

const noAddress = () =>
  fileFault("no_address", "The file has no address in it. Choose a file with one address a line.");

const roster = (): FileFault => ({
  ...fileFault(
    "roster",
    "The file has more columns than addresses. Import takes such files, with names, departments and all.",
  ),
  belongsTo: "import",
});
