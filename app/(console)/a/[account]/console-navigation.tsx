import { requestPath } from "#app/_web/request-path.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { settingsPages } from "./settings/settings-pages.ts";

/** `also`: another path whose pages belong to the item. */
type Item = { href: string; label: string; exact?: boolean; also?: string };

export async function ConsoleNavigation({ actor }: { actor: UserActor }) {
  const base = `/a/${actor.accountSlug}`;
  const path = (await requestPath()).split("?")[0] ?? "";
  const enrollment = [
    ...(isAllowed(actor, "invitations.send") ? [{ href: `${base}/enrollment/invite`, label: "Invite" }] : []),
    ...(isAllowed(actor, "imports.create")
      ? [{ href: `${base}/enrollment/import`, label: "Import", also: `${base}/runs` }]
      : []),
  ];
  const users = isAllowed(actor, "users.view") ? [{ href: `${base}/users`, label: "Users" }] : [];
  const invitations = isAllowed(actor, "invitations.view")
    ? [{ href: `${base}/invitations`, label: "Invitations" }]
    : [];
  const audit = isAllowed(actor, "audit.view") ? [{ href: `${base}/audit`, label: "Audit" }] : [];
  const settings = settingsPages(actor).map(({ path: page, label }) => ({
    href: `${base}/settings/${page}`,
    label,
  }));
  return (
    <nav aria-label="Main" className="space-y-5">
      <Items
        path={path}
        items={[{ href: base, label: "Overview", exact: true }, ...users, ...invitations, ...audit]}
      />
      <Group title="Enrollment" href={`${base}/enrollment`} path={path} items={enrollment} />
      <Group title="Settings" href={`${base}/settings`} path={path} items={settings} />
    </nav>
  );
}

function Group({ title, href, items, path }: { title: string; href: string; items: Item[]; path: string }) {
  if (items.length === 0) return null;
  return (
    <div>
      <a
        href={href}
        aria-current={path === href ? "page" : undefined}
        className="mb-1 block px-3 font-semibold text-base-content/75 text-sm hover:underline"
      >
        {title}
      </a>
      <Items path={path} items={items} />
    </div>
  );
}

function Items({ items, path }: { items: Item[]; path: string }) {
  return (
    <ul className="space-y-0.5">
      {items.map((item) => (
        <li key={item.href}>
          <NavigationLink item={item} path={path} />
        </li>
      ))}
    </ul>
  );
}

function NavigationLink({ item, path }: { item: Item; path: string }) {
  const below = [item.href, item.also].some((start) => start && path.startsWith(`${start}/`));
  const here = path === item.href || (!item.exact && below);
  const look = here ? "bg-primary text-primary-content font-medium" : "hover:bg-base-300";
  return (
    <a
      href={item.href}
      aria-current={path === item.href ? "page" : here ? "true" : undefined}
      className={`block rounded-field px-3 py-1.5 ${look}`}
    >
      {item.label}
    </a>
  );
}
