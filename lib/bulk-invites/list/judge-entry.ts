import { knownAddress } from "#lib/uploads/known-address.ts";
import { fileLimits } from "#lib/uploads/limits.ts";
import { addressFault } from "#lib/users/address-fault.ts";
import { readAddressList } from "#lib/users/address-list.ts";
import { oddValue } from "#lib/users/clean-value.ts";
import { shownCell } from "#lib/users/shown-cell.ts";

/** `problem` names the line and says what to do; `raw`: the entry as it was written, of one with a problem. */
export type Entry = { email: string | null; problem: string | null; raw: string | null };

const longestAddress = 254;

/** Makes the judge of one file's lines. `domains`: verified ones of the account, in lower case. Pure. */
export function lineJudge(
  domains: readonly string[],
): (text: string, line: number, take: (entry: Entry) => void) => void {
  const own = new Set(domains);
  const isKnown = knownAddress(own);
  return (text, line, take) => {
    if (isKnown(text)) return take({ email: text, problem: null, raw: null });
    for (const entry of readAddressList(text)) {
      if (entry.text.length > fileLimits.recordBytes) {
        take(tooLong(entry.text, line));
        continue;
      }
      const { address } = entry;
      const problem = isKnown(address) ? null : problemOf(address, line, own);
      const email = problem === null ? address : shownCell(address, longestAddress) || null;
      take({ email, problem, raw: problem && entry.text });
    }
  };
}

export const tooLong = (start: string, line: number): Entry => ({
  email: shownCell(start),
  problem: `Line ${line}: more than 64 KiB without a comma or a line end. Put each address on a line of its own.`,
  raw: shownCell(start),
});

function problemOf(address: string, line: number, own: ReadonlySet<string>): string | null {
  const odd = oddValue(address, longestAddress);
  if (odd?.code === "control_character")
    return `Line ${line}: “${shownCell(address)}” holds a control character (${odd.codePoint}). Remove it.`;
  if (odd?.code === "direction_override")
    return `Line ${line}: “${shownCell(address)}” holds an invisible character that turns the direction of text (${odd.codePoint}). Remove it.`;
  const fault = addressFault(address, own);
  return fault && `Line ${line}: ${fault.text}`;
}
