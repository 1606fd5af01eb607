import { idOf, oneOf } from "#app/_web/query.ts";
import type { EventFilter } from "#lib/audit/event-view.ts";
import { isEventAction } from "#lib/audit/event-words.ts";

type Parameter = string | string[] | undefined;
export type AuditQuery = Partial<
  Record<"who" | "what" | "on" | "from" | "to" | "run" | "after" | "before" | "last", Parameter>
>;

/** The filter that the address of the page holds; what is not one counts as absent. */
export function eventFilterOf(query: AuditQuery): EventFilter {
  const what = oneOf(query.what);
  return {
    who: oneOf(query.who)?.toLowerCase(),
    what: what && isEventAction(what) ? what : undefined,
    onWhom: oneOf(query.on)?.toLowerCase(),
    from: dayOf(query.from),
    to: dayOf(query.to),
    run: idOf(query.run),
  };
}

/** The same as parameters of an address. */
export const parametersOf = ({ onWhom, ...filter }: EventFilter) => ({ ...filter, on: onWhom });

function dayOf(value: Parameter): string | undefined {
  const day = oneOf(value);
  if (!day || !/^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(day)) return undefined;
  const instant = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day) ? day : undefined;
}
