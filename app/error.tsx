"use client";
import { Notice } from "#app/_components/notice.tsx";

type Props = { error: Error & { digest?: string } };

export default function ErrorPage({ error }: Props) {
  return (
    <Notice title="Something went wrong on our side">
      <p>
        Nothing was half done. Load the page again; if it stays like this, tell your operator the reference.
      </p>
      {error.digest && (
        <p>
          Reference: <code className="font-mono">{error.digest}</code>
        </p>
      )}
      <p>
        <a className="link" href="/">
          Go to the start
        </a>
      </p>
    </Notice>
  );
}
