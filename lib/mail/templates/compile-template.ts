import { slotPattern } from "./template-slots.ts";

/** Cut once; filling is then a join. `only`: a part that is there only if the slot has a value. */
export type CompiledText = (string | { slot: string } | { only: string; parts: CompiledText })[];

export function compileText(source: string): CompiledText {
  const whole: CompiledText = [];
  const open: { only: string; parts: CompiledText }[] = [];
  const last = () => open.at(-1)?.parts ?? whole;
  const pieces = source.split(slotPattern);
  for (let at = 0; at < pieces.length; at += 3) {
    const [text = "", sign, name] = pieces.slice(at, at + 3);
    if (text !== "") last().push(text);
    if (name === undefined) continue;
    if (sign === "#") {
      const part = { only: name, parts: [] };
      last().push(part);
      open.push(part);
    } else if (sign === "/") {
      if (open.pop()?.only !== name)
        throw new Error(`The mail template ends ${name} where it has not begun.`);
    } else last().push({ slot: name });
  }
  if (open.length > 0) throw new Error(`The mail template does not end ${open[0]?.only}.`);
  return whole;
}

/** `value` answers "" for what is absent. */
export function fillText(parts: CompiledText, value: (slot: string) => string): string {
  let filled = "";
  for (const part of parts) {
    if (typeof part === "string") filled += part;
    else if ("slot" in part) filled += value(part.slot);
    else if (value(part.only) !== "") filled += fillText(part.parts, value);
  }
  return filled;
}
