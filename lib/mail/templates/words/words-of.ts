import type { MailLanguage } from "../../mail-language.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { ja } from "./ja.ts";
import type { MailWords } from "./mail-words.ts";

export const wordsOf: Record<MailLanguage, MailWords> = { en, de, es, ja };
