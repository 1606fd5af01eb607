"use client";
import { useEffect } from "react";

const signs = ["pointermove", "pointerdown", "keydown", "touchstart", "wheel"] as const;

/**
 * Tells once that somebody looks at the page: it is visible, and a hand has moved. Scanners load pages, some with scripts,
 * but do not use them; where no script runs the Join button tells it.
 */
export function TellOpening({ to }: { to: string }) {
  useEffect(() => {
    const stop = () => {
      for (const sign of signs) removeEventListener(sign, tell);
    };
    const tell = () => {
      if (document.visibilityState !== "visible") return;
      stop();
      navigator.sendBeacon(to);
    };
    for (const sign of signs) addEventListener(sign, tell, { passive: true });
    return stop;
  }, [to]);
  return null;
}
