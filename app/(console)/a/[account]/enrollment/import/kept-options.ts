import { oneOf } from "#app/_web/query.ts";
import { withQuery } from "#app/_web/with-query.ts";

/** What the options show before anything was answered: as chosen one step before, or as usual. */
export type KeptOptions = {
  createUnknown: boolean;
  /** Null: the account's. */
  clearWord: string | null;
  alert: boolean;
};

type Fields = Readonly<Record<string, string>>;
type Query = Readonly<Record<string, string | string[] | undefined>>;

/** A path that carries the options of a sent form on, as far as they are not the usual ones. */
export function withOptions(path: string, fields: Fields, more: Fields = {}): string {
  const shown = fields.usualClearWord !== undefined;
  return withQuery(path, {
    ...more,
    createUnknown: fields.createUnknown === "on" ? "on" : null,
    clearWord: fields.clearWord === fields.usualClearWord ? null : fields.clearWord?.slice(0, 100),
    alert: shown && fields.alert !== "on" ? "off" : null,
  });
}

export const keptOptions = (query: Query): KeptOptions => ({
  createUnknown: query.createUnknown === "on",
  clearWord: oneOf(query.clearWord) ?? null,
  alert: query.alert !== "off",
});
