import type { DrillMode } from "#lib/directory/drill-mode.ts";

/** `plays`: what the directory does; `should`: what Rollcall makes of it. */
type Words = { name: string; plays: string; should: string };

export const drillWords: Record<DrillMode, Words> = {
  normal: {
    name: "Normal",
    plays: "The directory answers as it should, with 2,000 people.",
    should: "Everybody is read. Whoever was suspended because of a drill is restored.",
  },
  outage: {
    name: "Outage",
    plays: "The directory refuses every connection.",
    should: "Nobody is suspended. The run fails and says why.",
  },
  empty: {
    name: "Empty answer",
    plays:
      "The directory says that all went well, and shows nobody: so it looks when its reader loses a right.",
    should: "Nobody is suspended. The run fails: an answer without anybody is not believed.",
  },
  cut_line: {
    name: "Cut line",
    plays: "The connection breaks in the middle of the second page of people.",
    should: "Nobody is suspended. The run fails: half of an answer counts for nothing.",
  },
  renamed_unit: {
    name: "Renamed unit",
    plays: "500 people of the unit Berlin are in Berlin-Mitte now; it is the same unit under a new name.",
    should:
      "Nobody is suspended and nobody is added. They are known by their ids, and the unit takes its new name.",
  },
  leavers: {
    name: "60 % leavers",
    plays: "1,200 of the 2,000 people are gone from one hour to the next.",
    should: "Nobody is suspended yet. The rest is brought in, and the removals wait for your approval.",
  },
  size_limit: {
    name: "Size limit",
    plays: "200 people are shown, then the directory says that there are more and stops.",
    should: "Nobody is suspended. The run fails and says why.",
  },
};
