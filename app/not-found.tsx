import type { Metadata } from "next";
import { Notice } from "#app/_components/notice.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <Notice title="There is no such page">
      It may have moved, or you may not be allowed to see it.{" "}
      <a className="link" href="/">
        Go to the start
      </a>
      .
    </Notice>
  );
}
