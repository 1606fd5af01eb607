import type { Page } from "@playwright/test";
import { sql } from "drizzle-orm";
import type { Entry } from "#bin/local/ldap/directory-tree.ts";
import type { Fault } from "#bin/local/ldap/ldap-server.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { ownerOf } from "#tests/support/account-owner.ts";
import type { AppUnderTest } from "#tests/support/app-under-test.ts";
import { test as base, expect } from "#tests/support/journey.ts";
import { connectDirectory, connectionTo } from "#tests/support/ldap/connection-to.ts";
import { type RunningDirectory, startDirectory } from "#tests/support/ldap/start-directory.ts";
import type { TestAccount } from "#tests/support/make-account.ts";

export type Company = RunningDirectory & {
  people: () => Entry[];
  /** From the next search on; null: it answers again. */
  play: (fault: Fault | null) => void;
};

/** Beside the application a sample directory of 40 people of the account. */
export const test = base.extend<{ company: Company }>({
  company: async ({ account }, use) => {
    let played: Fault | null = null;
    const directory = await startDirectory({
      people: 40,
      fault: (request, socket) => played?.(request, socket) ?? false,
    });
    const people = () => [...directory.tree.entries.values()].filter(({ dn }) => dn.startsWith("uid=p"));
    for (const { attributes } of people()) {
      const mail = attributes.get("mail");
      // A domain is verified for one account alone.
      if (mail) mail.values = mail.values.map((value) => String(value).replace("acme.test", account.domain));
    }
    const play = (fault: Fault | null) => {
      played = fault;
    };
    await use({ ...directory, people, play });
    await directory.stop();
  },
});

/** Saves the connection as its page does, and sees it stand its test. */
export async function connect(
  { environment }: AppUnderTest,
  account: TestAccount,
  { port }: Company,
): Promise<void> {
  process.env.ROLLCALL_SECRET_KEYS = environment.ROLLCALL_SECRET_KEYS;
  await connectDirectory(ownerOf(account), connectionTo(port));
}

export const pageOf = (account: TestAccount) => `/a/${account.slug}/enrollment/directory-sync`;
export const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** The page tells by itself when it is over, with scripts and without. */
export async function runNow(page: Page, account: TestAccount) {
  await page.goto(pageOf(account));
  await button(page, "Run Now").click();
  await expect(page.getByText("available again")).toBeVisible({ timeout: 30_000 });
}

export const change = ({ tree }: Company, dn: string, name: string, value: string) =>
  tree.find(dn)?.attributes.set(name.toLowerCase(), { name, values: [value] });

export const endHold = ({ id }: TestAccount) =>
  withAccount({ accountId: id }, (tx) =>
    tx.execute(sql`update directories set held_since = held_since - interval '24 hours'`),
  );
