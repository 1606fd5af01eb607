import type { Metadata } from "next";
import { Page } from "#app/_components/page.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { noSuchPage } from "#app/_web/no-such-page.ts";
import { settingsPages } from "./settings-pages.ts";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage({ params }: { params: Promise<{ account: string }> }) {
  const actor = await currentActor((await params).account);
  const base = `/a/${actor.accountSlug}`;
  const pages = settingsPages(actor);
  if (pages.length === 0) noSuchPage();
  return (
    <Page title="Settings" crumbs={[{ href: base, label: actor.accountName }]}>
      <ul className="divide-y divide-base-300 rounded-box border border-base-300">
        {pages.map((page) => (
          <li key={page.path} className="grid gap-x-6 px-5 py-4 sm:grid-cols-[10rem_1fr]">
            <a className="link font-semibold" href={`${base}/settings/${page.path}`}>
              {page.label}
            </a>
            <p>{page.about}</p>
          </li>
        ))}
      </ul>
    </Page>
  );
}
