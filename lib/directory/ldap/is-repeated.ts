/** Whether a page came before. A server that begins anew with every cookie would be read for ever. Notes the page. */
export function isRepeated(entries: readonly { dn: string }[], seen: Set<string>): boolean {
  if (entries.length === 0) return false;
  const page = [entries.length, entries[0]?.dn, entries.at(-1)?.dn].join("\n");
  const repeated = seen.has(page);
  seen.add(page);
  return repeated;
}
