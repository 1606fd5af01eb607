/** The same for every attempt, so that a server or a reader can tell a repetition. `from`: whose domain stands in it. */
export function messageId(from: string, id: string): string {
  const domain = from.match(/@([a-z0-9.-]+)>?$/i)?.[1] ?? "rollcall.invalid";
  return `<${id}@${domain}>`;
}
