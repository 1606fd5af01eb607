import type { DirectorySettings } from "../settings.ts";

/** `field` is a path of names, "connection.host"; null is nothing. */
export type SettingChange = { field: string; before: string | null; after: string | null };

/** What is not alike in two sets of settings, in the order of the pages. */
export function changesBetween(before: DirectorySettings, after: DirectorySettings): SettingChange[] {
  const old = leaves(before, "");
  const fresh = leaves(after, "");
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((field) => {
    const [was, is] = [old.get(field) ?? null, fresh.get(field) ?? null];
    return was === is ? [] : [{ field, before: was, after: is }];
  });
}

/** Lists are told as one value: which place something has in them says little. */
function leaves(value: unknown, path: string): Map<string, string | null> {
  if (value === null || value === undefined || value === "") return new Map([[path, null]]);
  if (Array.isArray(value)) return new Map([[path, value.length === 0 ? null : value.map(shown).join(", ")]]);
  if (typeof value !== "object") return new Map([[path, String(value)]]);
  return new Map(
    Object.entries(value).flatMap(([name, inner]) => [...leaves(inner, path ? `${path}.${name}` : name)]),
  );
}

function shown(item: unknown): string {
  if (typeof item !== "object" || item === null) return String(item);
  const { name, dn, ...rest } = item as Record<string, unknown>;
  return String(name ?? dn ?? Object.values(rest).join(" "));
}
