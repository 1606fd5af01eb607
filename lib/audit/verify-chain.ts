import { ChainJudge, type Fault, type Head, isLate } from "./chain/judge-links.ts";
import { readLinks } from "./chain/read-links.ts";
import { countOrphanMarks, readUnsealed } from "./chain/read-unsealed.ts";

export type Verified = {
  /** Events that are there, sealed or not. */
  events: number;
  sealed: number;
  /** Written, not sealed yet: a worker does it within seconds. */
  waiting: number;
  oldestWaiting: Date | null;
  /** The last link: kept outside of the database it proves later that nothing was cut off. Null: nothing is sealed. */
  head: Head | null;
  faults: number;
  /** The first wrong position, else the first fault without one. */
  first: Fault | null;
};

/**
 * Reads the whole chain of an account and every event, a page in memory at a time. `kept`: a head that was noted before,
 * which must still be there.
 */
export async function verifyChain(accountId: string, kept?: Head): Promise<Verified> {
  const told = new Told();
  const judge = new ChainJudge(accountId);
  let sealed = 0;
  let keptSeen: string | null = null;
  for await (const link of readLinks(accountId)) {
    sealed += 1;
    told.add(judge.judge(link));
    if (link.position === kept?.position) keptSeen = link.hash;
  }
  if (kept && keptSeen !== kept.hash) told.add(notKept(kept, keptSeen));
  const counts = await judgeEvents(accountId, judge.drainedAt, told);
  return { ...counts, sealed, head: judge.head, faults: told.faults, first: told.first };
}

class Told {
  faults = 0;
  first: Fault | null = null;

  add(fault: Fault | null, times = 1): void {
    if (!fault || times === 0) return;
    this.faults += times;
    this.first ??= fault;
  }
}

const notKept = ({ position }: Head, seen: string | null): Fault => ({
  position,
  eventId: null,
  sentence: seen ? "it is another link than the one that was noted" : "the link that was noted is not there",
});

const unplaced = (eventId: string | null, sentence: string): Fault => ({ position: null, eventId, sentence });

async function judgeEvents(accountId: string, drainedAt: string, told: Told) {
  const counts = { events: 0, waiting: 0, oldestWaiting: null as Date | null };
  for await (const page of readUnsealed(accountId)) {
    counts.events += page.events;
    counts.waiting += page.waiting;
    told.add(
      unplaced(
        page.first_lost,
        "it is neither sealed nor waiting: it was put in past the product, or its link was cut off",
      ),
      page.lost,
    );
    told.add(unplaced(page.first_twice, "it is sealed and marked as waiting again"), page.twice);
    const oldest = page.oldest_waiting;
    if (!oldest) continue;
    if (!counts.oldestWaiting || Date.parse(oldest) < counts.oldestWaiting.getTime())
      counts.oldestWaiting = new Date(oldest);
    if (isLate(oldest, drainedAt))
      told.add(
        unplaced(
          page.oldest_waiting_id,
          `it is dated ${oldest}, but was not there when all was sealed at ${drainedAt}`,
        ),
      );
  }
  const orphans = await countOrphanMarks(accountId);
  told.add(unplaced(orphans.first, "it waited to be sealed and was removed"), orphans.n);
  return counts;
}
