"use client";
import { useEffect } from "react";

/** Goes on by itself, once; coming back with the browser's button skips this page. */
export function GoOn({ to }: { to: string }) {
  useEffect(() => window.location.replace(to), [to]);
  return null;
}
