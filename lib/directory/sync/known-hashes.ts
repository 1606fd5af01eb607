import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import type { WorkedRun } from "#lib/runs/run-kind.ts";

const hashBytes = 16;
const words = hashBytes / 4;
/** A statement's answer stays small however many entries there are. */
const loadedAtOnce = 50_000;

/**
 * Hashes of the last snapshot's entries, and which of them a complete reading has met: 17 to 34 bytes an entry, where asking
 * the database about every entry takes as long as reading it. A hash is over the entry's id too, so that it stands for it.
 */
export class KnownHashes {
  readonly #slots: Uint32Array;
  readonly #isMet: Uint8Array;
  readonly #mask: number;
  readonly #asked = Buffer.alloc(hashBytes);
  readonly #words = new Uint32Array(this.#asked.buffer, this.#asked.byteOffset, words);
  #count = 0;
  #metCount = 0;

  constructor(most: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(most, 1) * 1.5));
    this.#slots = new Uint32Array(size * words);
    this.#isMet = new Uint8Array(size);
    this.#mask = size - 1;
  }

  /** Of the account's directory, as it stands. */
  static load(run: WorkedRun): Promise<KnownHashes> {
    return withAccount(run, async (tx) => {
      const [total] = await tx.execute<{ n: number }>(sql`
        select count(row_hash)::int as n from directory_entries where account_id = ${run.accountId}`);
      const known = new KnownHashes(total?.n ?? 0);
      for (let last: string | null = total?.n ? "" : null; last !== null; ) {
        const [page] = await tx.execute<{ last: string | null; hashes: string | null }>(sql`
          select max(external_id) as last, string_agg(row_hash, '') as hashes from (
            select external_id, row_hash from directory_entries where account_id = ${run.accountId} and external_id > ${last}
            order by external_id limit ${loadedAtOnce}) page`);
        const bytes = Buffer.from(page?.hashes ?? "", "hex");
        for (let at = 0; at < bytes.length; at += hashBytes) known.#add(bytes, at);
        last = page?.last ?? null;
      }
      return known;
    });
  }

  /** Whether an entry of this hash (32 hexadecimal digits) is in the snapshot; it is met from now on. */
  meet(hash: string): boolean {
    if (this.#count === 0) return false;
    this.#asked.write(hash, "hex");
    const slot = this.#slotOf();
    if (this.#isFree(slot)) return false;
    this.#metCount += 1 - (this.#isMet[slot] as number);
    this.#isMet[slot] = 1;
    return true;
  }

  /** The met ones, or those that were not, whichever are fewer. */
  fewer(): { met: boolean; hashes: string[] } {
    const met = this.#metCount * 2 < this.#count;
    const bytes = Buffer.from(this.#slots.buffer);
    const hashes: string[] = [];
    for (let slot = 0; slot <= this.#mask; slot += 1) {
      if ((this.#isMet[slot] === 1) !== met || this.#isFree(slot)) continue;
      hashes.push(bytes.toString("hex", slot * hashBytes, (slot + 1) * hashBytes));
    }
    return { met, hashes };
  }

  #add(bytes: Buffer, at: number): void {
    bytes.copy(this.#asked, 0, at, at + hashBytes);
    const slot = this.#slotOf();
    if (!this.#isFree(slot)) return;
    this.#slots.set(this.#words, slot * words);
    this.#count += 1;
  }

  /** Where the asked hash is, or the free place where it would be. */
  #slotOf(): number {
    const [a, b, c, d] = this.#words as unknown as [number, number, number, number];
    const slots = this.#slots;
    for (let slot = a & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const at = slot * words;
      if (slots[at] === a && slots[at + 1] === b && slots[at + 2] === c && slots[at + 3] === d) return slot;
      if (this.#isFree(slot)) return slot;
    }
  }

  /** No hash is all zeros. */
  #isFree(slot: number): boolean {
    const at = slot * words;
    const slots = this.#slots;
    return slots[at] === 0 && slots[at + 1] === 0 && slots[at + 2] === 0 && slots[at + 3] === 0;
  }
}
