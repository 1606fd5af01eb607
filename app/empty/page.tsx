import type { Metadata } from "next";

export const metadata: Metadata = { title: "Empty" };
export const dynamic = "force-dynamic";

/** Nothing but the root layout: what `npm run bench:pages` measures the other pages against. Not linked. */
export default function EmptyPage() {
  return <h1>Empty</h1>;
}
