import { Body, Container, Head, Html, Link, Section } from "@react-email/components";
import type { ReactNode } from "react";

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
// The console's own colours (app/globals.css) as sRGB, for mail clients know no oklch.
// Inline styles serve clients that drop <style>; the classes let the others turn dark.
const dark = `@media (prefers-color-scheme: dark) {
.page, .page > table > tbody > tr > td { background: #0d1518 !important }
.card { background: #131c1f !important; border-color: #273335 !important }
.ink { color: #dfe6e7 !important } .quiet { color: #a3adaf !important }
.button { background: #75ccc7 !important; color: #031a1b !important } }`;

type LayoutProps = {
  language: string;
  preview: string;
  heading: string;
  footer: ReactNode;
  children: ReactNode;
};

/** The frame of every mail: one card, one heading, quiet words about why it was sent below. */
export function Layout({ language, preview, heading, footer, children }: LayoutProps) {
  return (
    <Html lang={language}>
      <Head>
        <title>{heading}</title>
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
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
              background: "#fcfdfd",
              border: "1px solid #dbe3e2",
              borderRadius: "12px",
              padding: "32px",
            }}
          >
            <h1
              className="ink"
              style={{ margin: 0, color: "#132529", fontSize: "22px", fontWeight: 600, lineHeight: "30px" }}
            >
              {heading}
            </h1>
            {children}
          </Section>
          <Paragraph quiet>{footer}</Paragraph>
        </Container>
      </Body>
    </Html>
  );
}

export function Paragraph({ quiet = false, children }: { quiet?: boolean; children: ReactNode }) {
  const style = quiet
    ? { margin: "16px 0 0", color: "#5a6a6d", fontSize: "13px", lineHeight: "20px" }
    : { margin: "16px 0 0", color: "#132529", fontSize: "16px", lineHeight: "25px" };
  return (
    <p className={quiet ? "quiet" : "ink"} style={style}>
      {children}
    </p>
  );
}

/** The only link of a mail. */
export function ButtonLink({ children }: { children: ReactNode }) {
  return (
    <Section style={{ padding: "24px 0 8px" }}>
      <Link
        href="{{link}}"
        className="button"
        style={{
          display: "inline-block",
          background: "#005757",
          color: "#f8fdfc",
          borderRadius: "8px",
          padding: "12px 22px",
          fontSize: "16px",
          fontWeight: 600,
          textDecoration: "none",
        }}
      >
        {children}
      </Link>
    </Section>
  );
}
