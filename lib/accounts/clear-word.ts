const longestWord = 20;
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
/** The clear word is written back into downloads as it is, so it must not be what a spreadsheet takes for a formula. */
const formula = /^[=+\-@\uff0b\uff0d\uff1d\uff20].*[\p{L}\p{N}]/u;

/** What is wrong with the word that empties a field in an import, in a sentence; null when nothing is. */
export function clearWordFault(given: string): string | null {
  const word = given.trim();
  if (word === "") return "Give a clear word of 1 to 20 characters.";
  if ([...word].length > longestWord) return "The clear word may have 20 characters at most.";
  if (invisible.test(word)) return "The clear word has a character that cannot be seen. Type it anew.";
  if (formula.test(word))
    return "A spreadsheet would take this clear word for a formula. Choose one that does not begin with = + - or @.";
  return null;
}
