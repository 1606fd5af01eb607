/** A field before and after; null is empty. */
export type FieldChange = { field: string; before: string | null; after: string | null };

export type EventFact = { name: string; value: string };

export type EventView = {
  id: string;
  at: Date;
  /** `id` null: the product itself; the name then says for whom or why. */
  who: { id: string | null; name: string };
  ip: string | null;
  /** In plain words. */
  what: string;
  onWhom: { kind: string; id: string | null; name: string | null } | null;
  run: { id: string; name: string } | null;
  changes: FieldChange[];
  facts: EventFact[];
  /** Its place in the chain; null: not sealed yet. */
  position: number | null;
};

/** Days as "2026-03-01", in UTC, both included. `who`, `onWhom`: a whole address; who may also be `system`. */
export type EventFilter = {
  who?: string | undefined;
  what?: string | undefined;
  onWhom?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  run?: string | undefined;
};

/** What stands in the filter for the product itself. */
export const systemWord = "system";
