import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import type { Operation } from "#lib/authorization/permissions.ts";

type SettingsPage = { path: string; label: string; about: string; operation: Operation };

const pages: SettingsPage[] = [
  {
    path: "admins",
    label: "Admins",
    about: "Who may do what: give roles and take them.",
    operation: "roles.view",
  },
  {
    path: "roles",
    label: "Roles",
    about: "What each role may do, and roles of your own.",
    operation: "roles.view",
  },
  {
    path: "domains",
    label: "Domains",
    about: "Whose addresses may be invited: prove that a domain is yours.",
    operation: "domains.view",
  },
  {
    path: "seats",
    label: "Seats",
    about: "Who is managed and billed, now and in each period before.",
    operation: "seats.view",
  },
  {
    path: "sign-in",
    label: "Sign-in",
    about: "Single sign-on with your own identity provider.",
    operation: "sign_in.view",
  },
  {
    path: "mail",
    label: "Mail",
    about: "How invitations look and speak, and when they go out.",
    operation: "mail_settings.view",
  },
  {
    path: "account",
    label: "Account",
    about: "Its name, and how invitations and imports behave.",
    operation: "account.change",
  },
];

/** The pages of the settings that this person may use, in the order of the navigation. */
export const settingsPages = (actor: UserActor): SettingsPage[] =>
  pages.filter((page) => isAllowed(actor, page.operation));
