import type { FileReading } from "#lib/uploads/file-reading.ts";
import { endlessHeader } from "./header-faults.ts";
import { inspectHead } from "./inspect-head.ts";
import type { MappingFault, StoredLayout } from "./map-layout.ts";

/** How a file of people is looked at while it comes in. */
export const rosterReading: FileReading<StoredLayout> = {
  kind: "roster",
  words: {
    choose: "Choose a file with a header row and a row for each person.",
    divide: "Divide it into smaller files, each with the header row.",
    saveAs: '"CSV UTF-8"',
    endless: endlessHeader,
  },
  inspectHead(head, verdict) {
    const found = inspectHead(head, verdict);
    if (found.ok || !found.layout) return found as Exclude<typeof found, { ok: true }>;
    // A fault that a person can mend by mapping the columns is kept with the layout; any other refuses the file.
    const fault = { reason: found.reason as MappingFault["reason"], sentence: found.sentence };
    return { ...found, layout: { ...found.layout, fault } };
  },
};
