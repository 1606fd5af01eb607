/** What a person chose for one import. */
export interface ImportOptions {
  /** An Update of an unknown address counts as New. */
  createUnknown: boolean;
  /** A cell that holds just this empties its field; null: the account's word. */
  clearWord: string | null;
  /** A mail to the requester when the import ends and took long. */
  alert: boolean;
}

type ReadOptions = { ok: true; options: ImportOptions } | { ok: false; field: "clearWord"; sentence: string };

const longestWord = 20;
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
/** The clear word is written back into downloads as it is, so it must not be what a spreadsheet takes for a formula. */
const formula = /^[=+\-@\uff0b\uff0d\uff1d\uff20].*[\p{L}\p{N}]/u;

/**
 * The fields of a form as a browser sends them: an unticked box is not sent at all, so `usualClearWord`, which the form
 * always has, tells that the boxes were there. A form without it gets what is usual.
 */
export function readOptions(fields: Readonly<Record<string, string>>): ReadOptions {
  const shown = fields.usualClearWord !== undefined;
  const fault = fields.clearWord === undefined ? null : wordFault(fields.clearWord);
  if (fault) return { ok: false, field: "clearWord", sentence: fault };
  return {
    ok: true,
    options: {
      createUnknown: fields.createUnknown === "on",
      clearWord: fields.clearWord?.trim() ?? null,
      alert: fields.alert === "on" || !shown,
    },
  };
}

function wordFault(given: string): string | null {
  const word = given.trim();
  if (word === "") return "Give a clear word of 1 to 20 characters.";
  if ([...word].length > longestWord) return "The clear word may have 20 characters at most.";
  if (invisible.test(word)) return "The clear word has a character that cannot be seen. Type it anew.";
  if (formula.test(word))
    return "A spreadsheet would take this clear word for a formula. Choose one that does not begin with = + - or @.";
  return null;
}
