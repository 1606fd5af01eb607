import { slotPattern } from "./template-slots.ts";

/** Fixed text and slot names by turns, beginning with text. Cut once; filling is then a join. */
export type CompiledText = { texts: string[]; slots: string[] };

export function compileText(source: string): CompiledText {
  const parts = source.split(slotPattern);
  return {
    texts: parts.filter((_, index) => index % 2 === 0),
    slots: parts.filter((_, index) => index % 2 === 1),
  };
}

export function fillText({ texts, slots }: CompiledText, value: (slot: string) => string): string {
  let filled = texts[0] ?? "";
  for (let index = 0; index < slots.length; index += 1) {
    filled += value(slots[index] as string) + (texts[index + 1] ?? "");
  }
  return filled;
}
