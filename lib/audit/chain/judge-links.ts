import { batchSize } from "./append-links.ts";
import { beforeFirst, chainKey, linkHash } from "./link-hash.ts";
import type { StoredLink } from "./read-links.ts";

/** Something that the product never leaves behind. `position` null: of an event that has no place in the chain. */
export type Fault = { position: number | null; eventId: string | null; sentence: string };

export type Head = { position: number; hash: string };

/** No transaction of the product is open for so long: what is older and was not there when all was sealed came afterwards. */
export const lateMs = 3_600_000;

type Batch = { sealedAt: string; links: number };

/** Judges the links of one account in their order; keeps the last one only. */
export class ChainJudge {
  readonly #accountId: string;
  #head: Head = { position: 0, hash: beforeFirst };
  #batch: Batch = { sealedAt: "", links: 0 };
  /** When a batch last took all there was. */
  #drainedAt = "";

  constructor(accountId: string) {
    this.#accountId = accountId;
  }

  get head(): Head | null {
    return this.#head.position === 0 ? null : this.#head;
  }

  get drainedAt(): string {
    return this.#batch.links > 0 && this.#batch.links < batchSize ? this.#batch.sealedAt : this.#drainedAt;
  }

  /** Null when the link is what it should be. */
  judge(link: StoredLink): Fault | null {
    this.#count(link);
    const sentence = this.#gap(link) ?? this.#content(link) ?? this.#late(link);
    this.#head = { position: link.position, hash: link.hash };
    return sentence === null ? null : { position: link.position, eventId: link.eventId, sentence };
  }

  #count({ sealedAt }: StoredLink): void {
    if (sealedAt !== this.#batch.sealedAt) {
      this.#drainedAt = this.drainedAt;
      this.#batch = { sealedAt, links: 0 };
    }
    this.#batch.links += 1;
  }

  #gap({ position }: StoredLink): string | null {
    const expected = this.#head.position + 1;
    if (position === expected) return null;
    const last = position - 1;
    return last === expected
      ? `the link at position ${expected} was removed`
      : `the links at positions ${expected} to ${last} were removed`;
  }

  #content({ position, keyId, sealedAt, hash, event }: StoredLink): string | null {
    if (!event) return "its event was removed";
    if (!chainKey(keyId)) return `it is sealed with key "${keyId}", which is not among ROLLCALL_SECRET_KEYS`;
    const link = { accountId: this.#accountId, position, previous: this.#head.hash, keyId, sealedAt };
    if (linkHash(link, event) === hash) return null;
    return `its event, its link or the link before was changed after it was sealed (now: ${event.action} by ${event.actor_name} at ${event.at})`;
  }

  #late({ event }: StoredLink): string | null {
    const late = event && isLate(event.at, this.#drainedAt);
    return late
      ? `its event is dated ${event.at}, but was not there when all was sealed at ${this.#drainedAt}`
      : null;
  }
}

/** Both as texts of instants; an empty `drainedAt`: never. */
export const isLate = (at: string, drainedAt: string): boolean =>
  drainedAt !== "" && Date.parse(at) < Date.parse(drainedAt) - lateMs;
