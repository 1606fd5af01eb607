import type { Metadata } from "next";
import { Page } from "#app/_components/page.tsx";
import { currentActor } from "#app/_web/current-actor.ts";

export const metadata: Metadata = { title: "Enrollment" };

export default async function EnrollmentPage({ params }: { params: Promise<{ account: string }> }) {
  const actor = await currentActor((await params).account, "imports.create");
  const base = `/a/${actor.accountSlug}`;
  return (
    <Page
      title="Enrollment"
      crumbs={[{ href: base, label: actor.accountName }]}
      lead="The ways to bring people in."
    >
      <ul className="divide-y divide-base-300 rounded-box border border-base-300">
        <li className="grid gap-x-6 px-5 py-4 sm:grid-cols-[10rem_1fr]">
          <a className="link font-semibold" href={`${base}/enrollment/import`}>
            Import
          </a>
          <p>
            Have a spreadsheet or an export with names, titles and departments? One file brings in everybody
            at once.
          </p>
        </li>
      </ul>
    </Page>
  );
}
