import { findAccountId } from "#lib/accounts/find-account-id.ts";
import type { Settings } from "#lib/env/settings.ts";
import { readEmailAddress } from "#lib/users/email-address.ts";

/** What is printed; `failed` where the exit code says that something is wrong. */
export type Answer = string | { text: string; failed: boolean };

export type Command = {
  /** What follows the name: "SLUG ADDRESS". */
  takes: string;
  about: string;
  run: (args: string[], settings: Settings<"operator">) => Promise<Answer>;
};

/** Ends the tool with a sentence and exit code 1. */
export class Refused extends Error {}

/** The arguments are not what the command takes; its usage is printed. */
export class WrongUsage extends Error {}

export async function knownAccount(slug: string | undefined): Promise<string> {
  if (!slug) throw new WrongUsage();
  const accountId = await findAccountId(slug);
  if (!accountId) throw new Refused(`There is no account ${slug}. Make it with create-account.`);
  return accountId;
}

export function knownAddress(text: string | undefined): string {
  if (!text) throw new WrongUsage();
  const read = readEmailAddress(text);
  if (!read.ok) throw new Refused(`${text} is not an e-mail address.`);
  return read.address;
}

export const noMore = (rest: string[]): void => {
  if (rest.length > 0) throw new WrongUsage();
};

/** Rows in columns as wide as they need to be. */
export function columns(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
