import { idOf, oneOf } from "#app/_web/query.ts";
import { invitationStates, notArrived } from "#lib/invitations/invitation-view.ts";
import type { InvitationsFilter } from "#lib/invitations/matching-invitations.ts";
import { sourceChoices } from "./invitation-words.ts";

type Value = string | string[] | undefined;
export type FilterName = "search" | "state" | "mail" | "source" | "run" | "department" | "chase";
export type InvitationsQuery = Partial<Record<FilterName | "after" | "before", Value>>;

const among = <Word extends string>(words: readonly Word[], value: Value): Word | undefined =>
  words.find((word) => word === value);

/** What a query string, or a form, asks for; what is no filter counts as absent. */
export const filterOf = (query: Partial<Record<FilterName, Value>>): InvitationsFilter => ({
  search: oneOf(query.search)?.slice(0, 254),
  state: among(invitationStates, query.state),
  mail: among(notArrived, query.mail),
  source: among(
    sourceChoices.map(({ value }) => value),
    query.source,
  ),
  run: idOf(query.run),
  department: oneOf(query.department)?.slice(0, 200),
  chase: query.chase === "yes" || undefined,
});

/** The same as it stands in the address. */
export const wordsOf = ({ chase, ...filter }: InvitationsFilter): Record<FilterName, string | undefined> => ({
  search: filter.search,
  state: filter.state,
  mail: filter.mail,
  source: filter.source,
  run: filter.run,
  department: filter.department,
  chase: chase ? "yes" : undefined,
});
