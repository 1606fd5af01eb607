import { clearWordFault } from "#lib/accounts/clear-word.ts";

/** What a person chose for one import. */
export interface ImportOptions {
  /** An Update of an unknown address counts as New. */
  createUnknown: boolean;
  /** A cell that holds just this empties its field; null: the account's word. */
  clearWord: string | null;
  /** A mail to the requester when the import ends and took long. */
  alert: boolean;
}

type ReadOptions = { ok: true; options: ImportOptions } | { ok: false; field: "clearWord"; sentence: string };

/**
 * The fields of a form as a browser sends them: an unticked box is not sent at all, so `usualClearWord`, which the form
 * always has, tells that the boxes were there. A form without it gets what is usual.
 */
export function readOptions(fields: Readonly<Record<string, string>>): ReadOptions {
  const shown = fields.usualClearWord !== undefined;
  const fault = fields.clearWord === undefined ? null : clearWordFault(fields.clearWord);
  if (fault) return { ok: false, field: "clearWord", sentence: fault };
  return {
    ok: true,
    options: {
      createUnknown: fields.createUnknown === "on",
      clearWord: fields.clearWord?.trim() ?? null,
      alert: fields.alert === "on" || !shown,
    },
  };
}
