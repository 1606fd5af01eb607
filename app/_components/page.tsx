import type { ReactNode } from "react";
import { readFlash } from "#app/_web/flash.ts";
import { requestPath } from "#app/_web/request-path.ts";
import { Alert } from "./alert.tsx";

export type Crumb = { href: string; label: string };
type Props = { title: string; crumbs?: Crumb[]; lead?: ReactNode; actions?: ReactNode; children: ReactNode };

/** What every page of the console has: the way here, a title, the answer to what was just done. */
export async function Page({ title, crumbs = [], lead, actions, children }: Props) {
  const flash = await readFlash(await requestPath());
  return (
    <>
      {crumbs.length > 0 && <Breadcrumbs crumbs={crumbs} title={title} />}
      <div className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="break-words font-semibold text-[1.75rem] leading-tight tracking-tight">{title}</h1>
          {lead && <div className="mt-1 max-w-prose text-base-content/75">{lead}</div>}
        </div>
        {actions}
      </div>
      <div className="space-y-6">
        {flash && (
          <div className="flash">
            <Alert tone={flash.tone}>
              {flash.message}
              {flash.link && (
                <>
                  {" "}
                  <a className="link" href={flash.link.href}>
                    {flash.link.text}
                  </a>
                </>
              )}
            </Alert>
          </div>
        )}
        {children}
      </div>
    </>
  );
}

function Breadcrumbs({ crumbs, title }: { crumbs: Crumb[]; title: string }) {
  return (
    <nav aria-label="Breadcrumb" className="mb-2 text-sm">
      <ol className="flex flex-wrap items-center gap-x-2">
        {crumbs.map((crumb) => (
          <li
            key={crumb.href}
            className="min-w-0 break-words after:ml-2 after:text-base-content/40 after:content-['/'] "
          >
            <a href={crumb.href} className="text-base-content/75 underline-offset-2 hover:underline">
              {crumb.label}
            </a>
          </li>
        ))}
        <li aria-current="page" className="min-w-0 break-words text-base-content/75">
          {title}
        </li>
      </ol>
    </nav>
  );
}
