import { randomBytes } from "node:crypto";
import { BlockList } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sampleSuffix } from "#bin/local/ldap/sample-directory.ts";
import { explainLive } from "#lib/directory/explain-live.ts";
import { type Explanation, explainPerson } from "#lib/directory/explain-person.ts";
import { ownerOf } from "#tests/support/account-owner.ts";
import { loopback } from "#tests/support/ldap/connection-to.ts";
import { makeAccount } from "#tests/support/make-account.ts";
import { idOf, openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
let silent = false;
const at = (nth: number) => {
  const person = sync.people()[nth];
  if (!person) throw new Error("the sample directory has no such person");
  return person;
};
const mailOf = (nth: number) => String(at(nth).attributes.get("mail")?.values[0]);

beforeAll(async () => {
  sync = await openSync({ fault: () => silent });
  sync.change(at(1).dn, { mail: mailOf(0) });
  sync.change(at(2).dn, { title: "Temp of the week" });
  sync.change(at(3).dn, { mail: "guest@home.test" });
  sync.change(at(4).dn, { nsAccountLock: "TRUE" });
  await sync.settings("users", {
    users: {
      mapping: "default",
      attributes: {},
      inclusion: "(!(departmentNumber=Support))",
      exclusions: [{ field: "title", how: "starts_with", value: "temp" }],
      inviteNew: false,
      disabledBy: null,
    },
  });
  await sync.sync();
});
afterAll(() => sync.close());

const ask = (text: string) => sync.as("app", () => explainPerson(sync.actor, text));
const askLive = (text: string, most?: number) =>
  sync.as("app", () => explainLive(sync.actor, loopback, text, most));

/** "verdict: sentence" by the name of the step, of the first case. */
function steps(explained: Explanation, nth = 0): Record<string, string> {
  if (!explained.ok) throw new Error(explained.sentence);
  const told = explained.cases[nth]?.steps ?? [];
  return Object.fromEntries(told.map(({ name, verdict, sentence }) => [name, `${verdict}: ${sentence}`]));
}

const somebodyOf = (department: string) =>
  sync.people().findIndex(({ dn }, nth) => nth > 5 && dn.includes(`ou=${department},`));

describe("from the last snapshot", () => {
  test("somebody who is here", async () => {
    const explained = await ask(mailOf(6).toUpperCase());
    expect(steps(explained)).toMatchObject({
      base: `passed: Lies below the Base DN ${sampleSuffix}.`,
      inclusion: "passed: Fits the inclusion rule (!(departmentNumber=Support))",
      exclusion: expect.stringMatching(/^passed: The exclusion rule did not mean/),
      match: expect.stringMatching(/^passed: Is .* here \(Not Invited\)/),
      change: expect.stringMatching(/^passed: Is here as in the directory/),
    });
    expect(explained).toMatchObject({ cases: [{ title: at(6).dn, run: { at: expect.any(Date) } }] });
  });

  test("the same by name, however it is spelt", async () => {
    const spelt = at(6).dn.toUpperCase().replaceAll(",", " , ");
    expect(await ask(spelt)).toEqual(await ask(at(6).dn));
    expect(steps(await ask(spelt)).match).toMatch(/^passed/);
  });

  test("whom an exclusion rule leaves out: the rule is named", async () => {
    expect(steps(await ask(mailOf(2)))).toMatchObject({
      exclusion: expect.stringContaining("Left out by exclusion rule 1: title starts with “temp”."),
      match: "unknown: Is nobody here.",
    });
  });

  test("two entries with one address: both are told, each with the other", async () => {
    const explained = await ask(mailOf(0));
    if (!explained.ok) throw new Error(explained.sentence);
    expect(explained.cases.map(({ title }) => title).sort()).toEqual([at(0).dn, at(1).dn].sort());
    const second = explained.cases.findIndex(({ title }) => title === at(1).dn);
    expect(steps(explained, second).address).toContain(at(0).dn);
    expect(steps(explained, second).change).toContain("is held by");
  });

  test("who is disabled is not brought in", async () => {
    expect(steps(await ask(at(4).dn)).change).toMatch(
      /^stopped: Was not brought in. Disabled in the directory./,
    );
  });

  test("a foreign address; and an entry that has one is brought without", async () => {
    expect(steps(await ask("guest@home.test"))).toMatchObject({
      address: expect.stringMatching(/^stopped: .*not in a domain of this account/),
      match: "unknown: Nobody here has this address.",
    });
    expect(steps(await ask(at(3).dn)).change).toContain("not in a domain of this account");
  });

  test("somebody here who does not come from the directory", async () => {
    await sync.sql`insert into users (account_id, email, first_name, status, source)
      values (${sync.acme.id}, 'by-hand@acme.test', 'Bea', 'active', 'invite')`;
    expect(steps(await ask("by-hand@acme.test"))).toMatchObject({
      match: "passed: Bea has this address here (Active), and does not come from the directory.",
      change: expect.stringMatching(/^passed: Syncs leave them alone/),
    });
  });

  test("whom the inclusion rule leaves out is not in the snapshot; names outside of the base are told of", async () => {
    const nth = somebodyOf("Support");
    expect(steps(await ask(at(nth).dn)).inclusion).toMatch(/^unknown: .*Ask the directory/);
    expect(steps(await ask("uid=x,dc=other,dc=test"))).toMatchObject({
      base: expect.stringMatching(/^stopped/),
    });
  });
});

describe("what is typed", () => {
  test.each(["", "   ", "nobody", "uid", "uid=a,,dc=x", "=x", 'cn="a', "x".repeat(3_000), "a\0@acme.test"])(
    "%j is neither address nor name",
    async (text) => {
      expect(await ask(text)).toMatchObject({ ok: false, sentence: expect.stringContaining("such as") });
    },
  );

  test.each([
    "*@acme.test",
    "x')or('1'='1@acme.test",
    "a)(mail=*@acme.test",
    "uid=*,dc=acme,dc=test",
    "uid=p0001\\2cou\\3dStaff,dc=acme,dc=test",
    "bjørn@acme.test",
    "%@acme.test",
  ])("%s finds nobody", async (text) => {
    for (const explained of [await ask(text), await askLive(text)])
      expect(explained.ok && explained.cases.map(({ person }) => person)).toEqual([null]);
  });

  test("another account sees nothing of it", async () => {
    const other = await sync.as("owner", () => makeAccount(randomBytes(32).toString("base64")));
    const explained = await sync.as("app", () => explainPerson(ownerOf(other), at(6).dn));
    expect(explained).toEqual({
      ok: false,
      sentence: "Define the connection first.",
    });
  });
});

describe("asked of the directory", () => {
  test("what the next sync would do, field by field, without doing it", async () => {
    sync.change(at(6).dn, { title: "Chief", l: null });
    const explained = await askLive(mailOf(6));
    expect(steps(explained).change).toMatch(
      /^passed: Would be updated\. title: “.*” becomes “Chief”; location: “.*” becomes nothing; city/,
    );
    expect(steps(explained).match).toMatch(/found by the id/);
    expect(steps(await askLive(at(7).dn)).change).toBe(
      "passed: Nothing to change: is here as in the directory.",
    );
  });

  test("which step stops whom", async () => {
    const support = at(somebodyOf("Support"));
    expect(steps(await askLive(support.dn)).inclusion).toBe(
      "stopped: Does not fit the inclusion rule (!(departmentNumber=Support))",
    );
    expect(steps(await askLive(at(2).dn)).exclusion).toMatch(/^stopped: .*title starts with “temp”/);
    expect(steps(await askLive(at(4).dn)).change).toMatch(/^stopped: Would not be brought in\. Disabled/);
    expect(steps(await askLive(`ou=Staff,${sampleSuffix}`)).inclusion).toMatch(/not an entry of a person/);
    expect(steps(await askLive("uid=x,dc=other,dc=test")).base).toMatch(/^stopped: Lies outside/);
    expect(steps(await askLive(`uid=nobody,${sampleSuffix}`)).base).toMatch(/has no such entry/);
  });

  test("whoever is not in a chosen unit any more would be suspended", async () => {
    const unit = sync.directory.tree.find(`ou=Berlin,ou=Staff,${sampleSuffix}`);
    const id = idOf(unit);
    const chosen = [{ id, dn: unit?.dn ?? "", name: "Berlin" }];
    await sync.settings("organizational-units", { units: { take: "specific", chosen } });
    const outside = sync.people().findIndex(({ dn }, nth) => nth > 6 && dn.includes("ou=Sales,ou=Delhi,"));
    expect(steps(await askLive(at(outside).dn))).toMatchObject({
      unit: "stopped: Is in none of the chosen units, nor below one of them.",
      change: expect.stringMatching(/^stopped: Would be suspended/),
    });
    await sync.settings("organizational-units", { units: { take: "all", chosen: [] } });
  });

  test("somebody found by their id, whose address is another one there", async () => {
    const known = mailOf(8);
    sync.change(at(8).dn, { mail: "renamed@acme.test" });
    expect(steps(await askLive(known))).toMatchObject({
      address: "passed: Has the address renamed@acme.test.",
      change: expect.stringContaining(`address: “${known}” becomes “renamed@acme.test”`),
    });
  });

  test("a directory that is silent, or not there, is a sentence in time", async () => {
    const began = Date.now();
    silent = true;
    try {
      expect(await askLive(mailOf(6), 500)).toEqual({
        ok: false,
        sentence: "The directory did not answer in time. Try again later.",
      });
      expect(Date.now() - began).toBeLessThan(5_000);
    } finally {
      silent = false;
    }
    const closed = await sync.as("app", () =>
      explainLive(sync.actor, { opened: new BlockList() }, mailOf(6)),
    );
    expect(closed).toEqual({ ok: false, sentence: expect.stringContaining("cannot be reached") });
  });
});
