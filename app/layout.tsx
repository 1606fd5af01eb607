import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { currentTheme } from "#app/_web/theme.ts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Rollcall", template: "%s · Rollcall" },
  icons: { icon: "/icon.svg" },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" data-theme={await currentTheme()}>
      <body className="min-h-screen bg-base-100 font-sans text-[0.9375rem] text-base-content leading-relaxed antialiased">
        {children}
      </body>
    </html>
  );
}
