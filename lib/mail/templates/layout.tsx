import { Body, Container, Head, Html, Link, Section } from "@react-email/components";
import type { ReactNode } from "react";
import { darkCard, lightCard } from "./brand-colors.ts";

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
// The console's own colours (app/globals.css) as sRGB, for mail clients know no oklch.
// Inline styles serve clients that drop <style>; the classes let the others turn dark.
const dark = `@media (prefers-color-scheme: dark) {
.page, .page > table > tbody > tr > td { background: #0d1518 !important }
.card { background: ${darkCard} !important; border-color: #273335 !important }
.ink { color: #dfe6e7 !important } .quiet { color: #a3adaf !important }
.box { border-color: {{darkBrand}} !important }
.brand, .button { background: {{darkBrand}} !important; color: {{onDarkBrand}} !important; border-color: {{darkBrand}} !important } }`;

const breakAnywhere = { overflowWrap: "anywhere", wordBreak: "break-word" } as const;

type LayoutProps = {
  language: string;
  preview: string;
  heading: string;
  footer: ReactNode;
  children: ReactNode;
};

/** The frame of every mail: whose it is, one card, one heading, quiet words about why it was sent below. */
export function Layout({ language, preview, heading, footer, children }: LayoutProps) {
  return (
    <Html lang={language} dir="ltr">
      <Head>
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no" />
        <style>{dark}</style>
      </Head>
      <Body className="page" style={{ margin: 0, background: "#f0f6f5", fontFamily: font }}>
        <div data-skip-in-text="true" style={{ display: "none", maxHeight: 0, overflow: "hidden" }}>
          {preview}
        </div>
        <Container style={{ maxWidth: "520px", padding: "32px 16px" }}>
          <Section
            className="card"
            style={{
              background: lightCard,
              border: "1px solid #dbe3e2",
              borderRadius: "12px",
              borderCollapse: "separate",
              overflow: "hidden",
            }}
          >
            <div
              className="brand"
              data-skip-in-text="true"
              style={{
                background: "{{brand}}",
                color: "{{onBrand}}",
                padding: "14px 32px",
                fontSize: "15px",
                fontWeight: 600,
                lineHeight: "22px",
                ...breakAnywhere,
              }}
            >
              {"{{accountName}}"}
            </div>
            <div style={{ padding: "28px 32px 32px", ...breakAnywhere }}>
              <h1
                className="ink"
                style={{ margin: 0, color: "#132529", fontSize: "22px", fontWeight: 600, lineHeight: "30px" }}
              >
                {heading}
              </h1>
              {children}
            </div>
          </Section>
          <div style={breakAnywhere}>
            <Paragraph quiet>{footer}</Paragraph>
          </div>
        </Container>
      </Body>
    </Html>
  );
}

type ParagraphProps = { quiet?: boolean; prose?: boolean; children: ReactNode };

/** `prose`: lines that somebody wrote, each in its own direction. */
export function Paragraph({ quiet = false, prose = false, children }: ParagraphProps) {
  const style = quiet
    ? { margin: "16px 0 0", color: "#5a6a6d", fontSize: "13px", lineHeight: "20px" }
    : { margin: "16px 0 0", color: "#132529", fontSize: "16px", lineHeight: "25px" };
  return (
    <p
      className={quiet ? "quiet" : "ink"}
      style={prose ? { ...style, unicodeBidi: "plaintext" } : style}
      dir={prose ? "auto" : undefined}
    >
      {children}
    </p>
  );
}

/** The words of a person, set off from ours. Without them there is no box. */
export function Quote({ slot, title }: { slot: string; title: string }) {
  return (
    <>
      {`{{#${slot}}}`}
      <div
        className="box"
        style={{ margin: "20px 0 0", borderLeft: "3px solid {{edge}}", padding: "0 0 0 16px" }}
      >
        <Paragraph quiet>{title}</Paragraph>
        <Paragraph prose>{`{{${slot}}}`}</Paragraph>
      </div>
      {`{{/${slot}}}`}
    </>
  );
}

/** The only link of a mail. */
export function ButtonLink({ children }: { children: ReactNode }) {
  return (
    <div style={{ padding: "24px 0 8px" }}>
      <Link
        href="{{link}}"
        className="button"
        style={{
          display: "inline-block",
          background: "{{brand}}",
          color: "{{onBrand}}",
          border: "1px solid {{edge}}",
          borderRadius: "8px",
          padding: "12px 22px",
          fontSize: "16px",
          fontWeight: 600,
          textDecoration: "none",
        }}
      >
        {children}
      </Link>
    </div>
  );
}
