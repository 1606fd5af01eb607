"use client";
import { useEffect, useRef } from "react";
import { useFormAnswer } from "#app/_components/action-form.tsx";
import { CopiedLink } from "../copy-link.tsx";

/** The link that a row's button asked for, above the list; the row may be far below. */
export function LinkAnswer() {
  const answer = useFormAnswer();
  const { linkOf } = answer.values;
  const place = useRef<HTMLDivElement>(null);
  // Another link is another answer, also for the same address.
  useEffect(() => {
    if (answer.values.linkOf) place.current?.scrollIntoView({ block: "nearest" });
  }, [answer]);
  if (!linkOf) return null;
  return (
    <div ref={place} className="max-w-xl rounded-box border border-base-300 bg-base-200 px-4 py-3">
      <CopiedLink email={linkOf} />
    </div>
  );
}
