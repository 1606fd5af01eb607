import type { Cell } from "#app/_components/table-cell.tsx";
import type { EventView } from "#lib/audit/event-view.ts";

/** Name, address it came from, and whether it is the product itself. */
export type Who = readonly [name: string, ip: string | null, system: boolean];
/** Fields with before and after, other facts by name, and the run with its id where that may be opened. */
export type Details = readonly [
  changes: readonly (readonly [field: string, before: string | null, after: string | null])[],
  facts: readonly (readonly [name: string, value: string])[],
  run: readonly [name: string, id: string | null] | null,
];
type Ways = { toUsers: boolean; toRuns: boolean };

/** Longer values are whole in the export. */
const most = 160;
const short = (text: string): string => (text.length > most ? `${text.slice(0, most)}…` : text);
const shortOrNone = (text: string | null): string | null => text && short(text);

/** The cells of an event, in the order of the columns. */
export function eventRow(event: EventView, ways: Ways): Cell[] {
  const who: Who = [short(event.who.name), event.ip, !event.who.id];
  const cells: unknown[] = [
    event.what,
    event.at.getTime(),
    who,
    onWhomOf(event, ways.toUsers),
    detailsOf(event, ways.toRuns),
    event.position ?? 0,
  ];
  return cells as Cell[];
}

const kinds: Record<string, string> = { account: "this account", upload: "a file", user: "a person" };

function onWhomOf({ onWhom }: EventView, toUsers: boolean): string | [string, string] | null {
  if (!onWhom) return null;
  const name = short(onWhom.name ?? kinds[onWhom.kind] ?? `a ${onWhom.kind}`);
  return onWhom.kind === "user" && onWhom.id && toUsers ? [name, onWhom.id] : name;
}

const detailsOf = ({ changes, facts, run }: EventView, toRuns: boolean): Details => [
  changes.map(({ field, before, after }) => [field, shortOrNone(before), shortOrNone(after)] as const),
  facts.map(({ name, value }) => [name, short(value)] as const),
  run && [short(run.name), toRuns ? run.id : null],
];
