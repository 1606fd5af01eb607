import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Page } from "#app/_components/page.tsx";
import { findSsoConnection } from "#lib/sign-in/find-sso-connection.ts";
import { GoOn } from "./go-on.tsx";

export const metadata: Metadata = { title: "Sign in" };

type Props = { params: Promise<{ connection: string }> };

/**
 * The browser leaves from here in a navigation of its own: a form may not lead to another site, not even through
 * redirects (`form-action 'self'`).
 */
export default async function LeaveForProviderPage({ params }: Props) {
  const connection = await findSsoConnection((await params).connection);
  if (!connection) redirect("/sign-in");
  const start = `/sign-in/sso/${connection.id}/start`;
  return (
    <Page title="Sign in" lead={`Taking you to the sign-in of ${connection.accountName}…`}>
      <noscript>
        <meta httpEquiv="refresh" content={`0;url=${start}`} />
      </noscript>
      <GoOn to={start} />
      <a className="btn btn-primary w-full" href={start}>
        Continue
      </a>
      <a className="btn btn-quiet w-full" href="/sign-in">
        Back
      </a>
    </Page>
  );
}
