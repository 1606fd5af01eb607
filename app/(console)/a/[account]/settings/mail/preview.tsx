import { Fact, Facts } from "#app/_components/facts.tsx";
import { Section } from "#app/_components/section.tsx";
import { withQuery } from "#app/_web/with-query.ts";
import { mailLanguageCodes, mailLanguages } from "#lib/mail/mail-language.ts";
import { ownTextKinds } from "#lib/mail/own-text-field.ts";
import type { previewMail } from "#lib/mail/preview-mail.ts";
import type { PreviewWish } from "./preview-wish.ts";

const titles = { invitation: "Invitation", reminder: "Reminder" } as const;

type Props = { mail: Awaited<ReturnType<typeof previewMail>>; wish: PreviewWish; here: string };

/** A mail as the saved settings make it, in a frame that runs nothing and fetches nothing. */
export function Preview({ mail, wish, here }: Props) {
  return (
    <Section title="Preview">
      <p>As saved above, addressed to you. The button leads nowhere.</p>
      {ownTextKinds.map((kind) => (
        <nav key={kind} aria-label={titles[kind]} className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
          <span className="w-24 font-medium">{titles[kind]}</span>
          {mailLanguageCodes.map((language) => (
            <a
              key={language}
              className="link"
              lang={language}
              href={`${withQuery(here, { kind, language })}#preview`}
              aria-current={kind === wish.kind && language === wish.language ? "true" : undefined}
            >
              {mailLanguages[language]}
            </a>
          ))}
        </nav>
      ))}
      <div id="preview" className="grid gap-5 lg:grid-cols-2">
        <div className="min-w-0 space-y-3">
          <Facts>
            <Fact name="From">{`${mail.from} via Rollcall`}</Fact>
            <Fact name="Subject">
              <bdi>{mail.subject}</bdi>
            </Fact>
            <Fact name="Replies to">{mail.replyTo ?? "the sender"}</Fact>
          </Facts>
          <iframe
            title="The mail as HTML"
            sandbox=""
            src={withQuery(`${here}/preview`, wish)}
            className="h-[44rem] w-full rounded-box border border-base-300"
          />
        </div>
        <figure className="min-w-0 space-y-3">
          <figcaption>The same as text, for programs that show no HTML:</figcaption>
          <pre
            lang={wish.language}
            className="whitespace-pre-wrap break-words rounded-box border border-base-300 p-4 font-mono text-sm"
          >
            {mail.text}
          </pre>
        </figure>
      </div>
    </Section>
  );
}
