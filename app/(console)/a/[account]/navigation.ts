import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { seesInvitations } from "#lib/invitations/who-sees-invitations.ts";
import { settingsPages } from "./settings/settings-pages.ts";

type Item = { href: string; label: string; exact?: boolean };
/** What aria-current says of a link; null: somewhere else. */
type Current = "page" | "true" | null;

export type NavigationLink = readonly [href: string, label: string, current: Current];
/** `head`: its title, a link to the page about the whole group. */
export type NavigationGroup = { head: NavigationLink | null; links: NavigationLink[] };

/** The pages of the console that this person may use, as seen from the page at `path`. */
export function navigationOf(actor: UserActor, path: string): NavigationGroup[] {
  const base = `/a/${actor.accountSlug}`;
  const top = [{ href: base, label: "Overview", exact: true }, ...listsOf(actor, base)];
  const settings = settingsPages(actor).map(({ path: page, label }) => ({
    href: `${base}/settings/${page}`,
    label,
  }));
  const groups = [
    { head: null, items: top },
    {
      head: { href: `${base}/enrollment`, label: "Enrollment", exact: true },
      items: enrollmentOf(actor, base),
    },
    { head: { href: `${base}/settings`, label: "Settings", exact: true }, items: settings },
  ];
  return groups
    .filter(({ items }) => items.length > 0)
    .map(({ head, items }) => ({
      head: head && [head.href, head.label, path === head.href ? "page" : null],
      links: items.map((item) => [item.href, item.label, currentOf(item, path)]),
    }));
}

function listsOf(actor: UserActor, base: string): Item[] {
  return [
    ...(isAllowed(actor, "users.view") ? [{ href: `${base}/users`, label: "Users" }] : []),
    ...(isAllowed(actor, seesInvitations) ? [{ href: `${base}/invitations`, label: "Invitations" }] : []),
    ...(isAllowed(actor, "audit.view") ? [{ href: `${base}/audit`, label: "Audit" }] : []),
  ];
}

function enrollmentOf(actor: UserActor, base: string): Item[] {
  return [
    ...(isAllowed(actor, "invitations.send") ? [{ href: `${base}/enrollment/invite`, label: "Invite" }] : []),
    ...(isAllowed(actor, "bulk_invites.create")
      ? [{ href: `${base}/enrollment/bulk-invite`, label: "Bulk Invite" }]
      : []),
    ...(isAllowed(actor, "imports.create") ? [{ href: `${base}/enrollment/import`, label: "Import" }] : []),
    ...(isAllowed(actor, "directory.view")
      ? [{ href: `${base}/enrollment/directory-sync`, label: "Directory Sync" }]
      : []),
  ];
}

function currentOf({ href, exact }: Item, path: string): Current {
  if (path === href) return "page";
  return path.startsWith(`${href}/`) && !exact ? "true" : null;
}
