"use client";
import ErrorPage from "./error.tsx";
import "./globals.css";

export default function GlobalErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body className="bg-base-100 font-sans text-base-content">
        <title>Something went wrong</title>
        <ErrorPage error={error} />
      </body>
    </html>
  );
}
