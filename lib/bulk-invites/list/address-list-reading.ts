import type { FileReading } from "#lib/uploads/file-reading.ts";
import { inspectList } from "./inspect-list.ts";
import type { ListLayout } from "./list-layout.ts";

/** How a list of addresses is looked at while it comes in. */
export const addressListReading: FileReading<ListLayout> = {
  kind: "addresses",
  words: {
    choose: "Choose a file with one address a line.",
    divide: "Divide it into smaller files.",
    saveAs: "plain text (UTF-8)",
    // What begins with an endless line may hold addresses further on.
    endless: () => null,
  },
  inspectHead: inspectList,
};
