import { Body, Container, Head, Html, Link, Section } from "@react-email/components";
import type { ReactNode } from "react";

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
// Inline styles serve clients that drop <style>; the classes let the others turn dark.
const dark = `@media (prefers-color-scheme: dark) {
.page, .page > table > tbody > tr > td { background: #14161a !important }
.card { background: #1f2228 !important; border-color: #33373f !important }
.ink { color: #f1f2f4 !important } .quiet { color: #a4a9b3 !important }
.button { background: #8ea2ff !important; color: #10131c !important } }`;

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
      <Body className="page" style={{ margin: 0, background: "#f3f4f6", fontFamily: font }}>
        <div data-skip-in-text="true" style={{ display: "none", maxHeight: 0, overflow: "hidden" }}>
          {preview}
        </div>
        <Container style={{ maxWidth: "520px", padding: "32px 16px" }}>
          <Section
            className="card"
            style={{
              background: "#ffffff",
              border: "1px solid #e2e4e9",
              borderRadius: "12px",
              padding: "32px",
            }}
          >
            <h1
              className="ink"
              style={{ margin: 0, color: "#16181d", fontSize: "22px", fontWeight: 600, lineHeight: "30px" }}
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
    ? { margin: "16px 0 0", color: "#6a707c", fontSize: "13px", lineHeight: "20px" }
    : { margin: "16px 0 0", color: "#30343c", fontSize: "16px", lineHeight: "25px" };
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
          background: "#3346c7",
          color: "#ffffff",
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
