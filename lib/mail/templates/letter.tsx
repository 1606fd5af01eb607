import type { MailLanguage } from "../mail-language.ts";
import { ButtonLink, Layout, Paragraph, Quote } from "./layout.tsx";
import type { MailKind } from "./template-slots.ts";
import { wordsOf } from "./words/words-of.ts";

/** Every mail: what it says is in the words of its kind and language; an invitation has the words of people besides. */
export function Letter({ kind, language }: { kind: MailKind; language: MailLanguage }) {
  const { letters, quoted } = wordsOf[language];
  const { preview, heading, body, button, note, footer } = letters[kind];
  const isOffer = kind === "invitation" || kind === "reminder";
  return (
    <Layout language={language} preview={preview} heading={heading} footer={footer}>
      {body.map((sentence) => (
        <Paragraph key={sentence}>{sentence}</Paragraph>
      ))}
      {isOffer && <Quote slot="message" title={quoted} />}
      {isOffer && <Paragraph prose>{"{{purpose}}"}</Paragraph>}
      <ButtonLink>{button}</ButtonLink>
      {note !== null && <Paragraph quiet>{note}</Paragraph>}
    </Layout>
  );
}
