"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { ImportStatus } from "../../../enrollment/import/import-status.ts";

type Props = { served: ImportStatus; label?: string };

/** Asks every second how far it is, and loads the page anew when there is something to decide or to read. */
export function UndoWorking({ served, label = "Status of the undo" }: Props) {
  const [status, setStatus] = useState(served);
  const router = useRouter();
  useEffect(() => {
    const timer = setTimeout(async () => {
      const answer = await fetch(served.live, { headers: { accept: "application/json" } }).catch(() => null);
      const fresh: ImportStatus | null = answer?.ok ? await answer.json() : null;
      if (fresh?.over) router.refresh();
      setStatus(fresh ?? { ...status });
    }, 1_000);
    return () => clearTimeout(timer);
  }, [status, served.live, router]);
  return (
    <section aria-label={label} className="space-y-4 rounded-box border border-base-300 p-5">
      <noscript>
        <meta httpEquiv="refresh" content="2" />
      </noscript>
      <p aria-live="polite" className="break-words text-lg">
        <strong className="font-semibold">{status.fileName}</strong> {status.sentence}
      </p>
      <progress
        className="progress progress-primary h-2 w-full"
        aria-label={label.replace("Status", "Progress")}
        max={status.progress?.of ?? 1}
        value={status.progress?.done}
      />
    </section>
  );
}
