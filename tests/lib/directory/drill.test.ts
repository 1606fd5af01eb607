import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { sampleSuffix } from "#bin/local/ldap/sample-directory.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { findDrill } from "#lib/directory/find-drill.ts";
import { allValues } from "#lib/directory/ldap/all-values.ts";
import { setDrill } from "#lib/directory/set-drill.ts";
import { failureOf } from "#tests/support/ldap/failure-of.ts";
import { type RunningDrill, startDrill } from "#tests/support/ldap/start-drill.ts";

const people = {
  baseDn: sampleSuffix,
  filter: "(objectClass=inetOrgPerson)",
  attributes: ["uid", "entryUUID"],
};
const berlin = `ou=Berlin,ou=Staff,${sampleSuffix}`;
const berlinMitte = `ou=Berlin-Mitte,ou=Staff,${sampleSuffix}`;
const ways = ["starttls", "ldaps"] as const;

let running: RunningDrill;
beforeAll(async () => {
  running = await startDrill();
});
afterEach(() => running.drill.play("normal"));
afterAll(() => running.stop());

/** DN by immutable id. */
async function readAll(security: (typeof ways)[number] = "ldaps"): Promise<Map<string, string>> {
  const connection = await running.open(security);
  const found = new Map<string, string>();
  try {
    for await (const page of connection.pages(people))
      for (const entry of page.entries) found.set(entry.text("entryUUID") ?? "", entry.dn);
    return found;
  } finally {
    connection.close();
  }
}

describe.each(ways)("by %s", (security) => {
  test("as it should be, everybody is read", async () => {
    expect((await readAll(security)).size).toBe(1_200);
  });

  test("out: nothing answers, and afterwards all is as before", async () => {
    await running.drill.play("outage");
    expect(await failureOf(readAll(security))).toBe("unreachable");
    await running.drill.play("normal");
    expect((await readAll(security)).size).toBe(1_200);
  });

  test("empty: success, and nobody", async () => {
    await running.drill.play("empty");
    expect((await readAll(security)).size).toBe(0);
    const connection = await running.open(security);
    expect(await connection.entry(berlin, ["ou"])).not.toBeNull();
    connection.close();
  });

  test("a cut line: the first page comes, the second breaks off", async () => {
    await running.drill.play("cut_line");
    const connection = await running.open(security);
    const pages = connection.pages(people);
    expect((await pages.next()).value?.entries).toHaveLength(500);
    expect(await failureOf(pages.next())).toBe("line_dropped");
  });

  test("a size limit: a part, and the word that there is more", async () => {
    await running.drill.play("size_limit");
    expect(await failureOf(readAll(security))).toBe("size_limit");
    const connection = await running.open(security);
    expect((await connection.some({ ...people, filter: "(uid=p0001)" }, 5)).entries).toHaveLength(1);
    connection.close();
  });
});

test("a renamed unit: the same people by their ids, under other names, in the same lists", async () => {
  const before = await readAll();
  await running.drill.play("renamed_unit");
  const after = await readAll();
  expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
  const moved = [...after].filter(([id, dn]) => before.get(id) !== dn);
  expect(moved).toHaveLength(300);
  for (const [id, dn] of moved) expect(dn).toBe(before.get(id)?.replace(berlin, berlinMitte));
  const connection = await running.open("ldaps");
  expect(await connection.entry(berlin, ["ou"])).toBeNull();
  expect((await connection.entry(berlinMitte, ["ou"]))?.text("ou")).toBe("Berlin-Mitte");
  const list = await connection.entry(`cn=all-berlin,ou=Lists,${sampleSuffix}`, ["member"]);
  const members = list ? await allValues(connection, list, "member") : [];
  const there = new Set(after.values());
  expect(members.map(String).filter((member) => there.has(member))).toHaveLength(300);
  connection.close();
});

test("leavers: three of five are gone from everywhere, as many from each unit", async () => {
  await running.drill.play("leavers");
  const after = [...(await readAll()).values()];
  expect(after).toHaveLength(480);
  expect(after.filter((dn) => dn.endsWith(`ou=Sales,${berlin}`))).toHaveLength(24);
  const connection = await running.open("ldaps");
  const list = await connection.entry(`cn=all-berlin,ou=Lists,${sampleSuffix}`, ["member"]);
  expect(list ? await allValues(connection, list, "member") : []).toHaveLength(120);
  connection.close();
});

test("a change of mode ends the lines that are open: no reading is half of one and half of another", async () => {
  const connection = await running.open("ldaps");
  const pages = connection.pages(people);
  await pages.next();
  await running.drill.play("leavers");
  await expect.poll(() => failureOf(connection.some(people, 5))).toBe("line_dropped");
});

test("changes that come at once are made one after the other, and the last one stays", async () => {
  await Promise.all(
    (["outage", "leavers", "empty", "normal"] as const).map((mode) => running.drill.play(mode)),
  );
  expect(running.drill.mode).toBe("normal");
  expect((await readAll()).size).toBe(1_200);
});

test("on a plain line nobody signs in", async () => {
  expect(await failureOf(running.open("none"))).toBe("strong_authentication_required");
});

describe("by its door", () => {
  const actor = systemActor("a", "schedule");

  test("it tells what it plays and how to connect with it, and plays something else", async () => {
    const { door, ports, certificates } = running;
    expect(await findDrill(actor, door)).toMatchObject({
      mode: "normal",
      address: { ports, ca: certificates.ca, baseDn: sampleSuffix },
    });
    expect(await setDrill(actor, door, "leavers")).toEqual({ ok: true });
    expect((await findDrill(actor, door))?.mode).toBe("leavers");
    expect((await readAll()).size).toBe(480);
  });

  test("where there is none, or another token is needed, that is an answer and no error", async () => {
    const nowhere = { url: "http://127.0.0.1:1", token: "x" };
    for (const door of [null, nowhere, { ...running.door, token: "x" }]) {
      expect(await findDrill(actor, door)).toBeNull();
      expect(await setDrill(actor, door, "outage")).toEqual({ ok: false, reason: "no_answer" });
    }
    expect(running.drill.mode).toBe("normal");
  });
});
