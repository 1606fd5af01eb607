import { addressFault } from "#lib/users/address-fault.ts";
import { type ListedAddress, readAddressList } from "#lib/users/address-list.ts";
import type { AddressAnswer } from "../address-answer.ts";

export type Written = ListedAddress & { box: number };

/** `is` is null where the database has to be asked. */
export type Judged = Written & { is: AddressAnswer | null };

export const writtenIn = (texts: readonly string[]): Written[] =>
  texts.flatMap((text, box) => readAddressList(text).map((entry) => ({ ...entry, box })));

/** Pure. `domains`: verified ones of the account, in lower case. */
export function judgeAddresses(written: Written[], domains: string[]): Judged[] {
  const own = new Set(domains);
  const seen = new Set<string>();
  return written.map((entry) => {
    const fault = addressFault(entry.address, own);
    if (fault)
      return {
        ...entry,
        is:
          fault.code === "foreign_domain"
            ? { answer: "foreign_domain", text: fault.text, domains }
            : { answer: "not_an_address", text: fault.text },
      };
    const key = entry.address.toLowerCase();
    const is: AddressAnswer | null = seen.has(key) ? { answer: "repeated" } : null;
    seen.add(key);
    return { ...entry, is };
  });
}
