import { isMailLanguage } from "#lib/mail/mail-language.ts";
import { oddValue } from "./clean-value.ts";
import { languageChoices } from "./language.ts";
import { longestValue, type ProfileField } from "./profile-fields.ts";

/** What is wrong with a value, as a sentence; null when it can be stored. Pure. */
export function valueFault(value: string, field: ProfileField): string | null {
  const longest = longestValue[field];
  const odd = oddValue(value, longest);
  if (!odd && field === "language" && !isMailLanguage(value))
    return `Mails are not written in this language. Choose ${languageChoices}.`;
  if (!odd) return null;
  if (odd.code === "too_long")
    return `This has ${odd.length} characters; ${longest} is the most. Shorten it.`;
  const what =
    odd.code === "control_character"
      ? "a control character"
      : "an invisible character that turns the direction of text";
  return `This holds ${what} (${odd.codePoint}). Remove it.`;
}
