import { render, toPlainText } from "@react-email/render";
import type { MailLanguage } from "../mail-language.ts";
import { Letter } from "./letter.tsx";
import type { MailKind, Template } from "./template-slots.ts";
import { wordsOf } from "./words/words-of.ts";

/** Slow (3 ms and the whole of React): run when templates change, never per mail. */
export async function renderTemplate(kind: MailKind, language: MailLanguage): Promise<Template> {
  const { subject } = wordsOf[language].letters[kind];
  const html = (await render(<Letter kind={kind} language={language} />))
    .replace(/<!--[^[].*?-->/g, "")
    .replaceAll(' data-skip-in-text="true"', "");
  return { subject, html, text: await plainText(kind, language) };
}

async function plainText(kind: MailKind, language: MailLanguage): Promise<string> {
  const html = await render(<Letter kind={kind} language={language} />);
  const text = toPlainText(html, {
    wordwrap: false,
    selectors: [
      { selector: "[data-skip-in-text]", format: "skip" },
      { selector: "h1", options: { uppercase: false } },
    ],
  });
  return `${sections(text.trim()).replace(" {{link}}", ":\n{{link}}")}\n`;
}

/** A part that may be absent begins with the empty line before it, and what follows it with its own. */
function sections(text: string): string {
  return text.replace(/\n*(\{\{#\w+\}\})\n*/g, "$1\n\n").replace(/\n*(\{\{\/\w+\}\})\n*/g, "$1\n\n");
}
