import { expect, test } from "vitest";
import { readLetters } from "#lib/mail/pump/read-letters.ts";
import { renderLetter } from "#lib/mail/pump/render-letter.ts";
import { pump, pumpHarness, stationery } from "./pump-harness.ts";

const { book, expireWaits, pumpToTheEnd, seed, states, withResend } = pumpHarness();

/** As the settings' operation writes it: the change, and what was before. */
async function change(accountId: string, action: string, before: Record<string, string | null>, set: string) {
  const changes = Object.entries(before).map(([field, was]) => ({ field, before: was, after: "new" }));
  await book().begin(async (tx) => {
    await tx.unsafe(`update accounts set ${set} where id = '${accountId}'`);
    await tx`insert into audit_events (account_id, actor_kind, actor_name, action, details)
      values (${accountId}, 'system', 'test', ${action}, ${tx.json({ changes })})`;
  });
}

const look = "sender_name = 'B', reply_to = 'b@acme.test', logo_color = '#bb0000', time_zone = 'Asia/Tokyo'";
const noLook = { senderName: null, replyTo: null, logoColor: null, timeZone: "UTC" };

test("a batch whose answer was lost is repeated as it was, whatever the account has changed since", async () => {
  const [accountId = ""] = await seed({ mails: 5 });
  const { stub, transport } = await withResend();
  stub.script({ lose: "after" });
  await pump(transport);
  await change(accountId, "account.changed", { name: "Acme" }, "name = 'Acme Two'");
  await change(accountId, "mail_settings.changed", noLook, look);
  const again = { senderName: "B", "text.invitation.en": null };
  await change(accountId, "mail_settings.changed", again, "sender_name = 'C'");
  await book()`insert into account_texts (account_id, language, kind, text) values (${accountId}, 'en', 'invitation', 'New words')`;
  await pumpToTheEnd(transport);
  expect(stub.summary()).toMatchObject({ accepted: 5, duplicates: 0, repeats: 1 });
  expect(await states()).toEqual({ sent: 5 });
});

test("a mail that was surely not taken goes out by the settings of now", async () => {
  const [accountId = ""] = await seed({ mails: 1 });
  const { stub, transport } = await withResend();
  stub.script({ status: 429, name: "rate_limit_exceeded" });
  await pump(transport);
  await change(accountId, "mail_settings.changed", noLook, look);
  await pumpToTheEnd(transport);
  expect(stub.latest()[0]).toMatchObject({ from: '"B via Rollcall" <noreply@rollcall.test>' });
});

test("where something else of it has changed it is unknown, and neither lost nor sent twice", async () => {
  await seed({ mails: 3 });
  const { stub, transport } = await withResend();
  stub.script({ lose: "after" });
  await pump(transport);
  await book()`update users set first_name = 'Dan' where first_name = 'Dana'`;
  await pumpToTheEnd(transport);
  expect(stub.summary()).toMatchObject({ accepted: 3, duplicates: 0 });
  expect(await states()).toEqual({ unknown: 3 });
});

test("the account's words and the inviter's are in the mail of their kind and language", async () => {
  const [accountId = ""] = await seed({ mails: 1 });
  await book()`insert into account_texts (account_id, language, kind, text) values
    (${accountId}, 'de', 'invitation', 'Unser Zuhause'), (${accountId}, 'en', 'invitation', 'Our home'), (${accountId}, 'de', 'reminder', 'Noch da?')`;
  await book()`update invitations set message = 'Bis bald' where account_id = ${accountId}`;
  const told = async (kind: string) => {
    const [mail] =
      await book()`update emails set language = 'de', kind = ${kind} where account_id = ${accountId} returning id`;
    const [letter] = await readLetters([{ accountId, id: mail?.id }]);
    return letter ? renderLetter(letter, stationery).text : "";
  };
  expect(await told("invitation")).toContain("Dana Cole schreibt:\n\n> Bis bald\n\nUnser Zuhause\n");
  expect(await told("reminder")).toContain("> Bis bald\n\nNoch da?\n");
  await expireWaits();
});

test("a proof of an address is read with its expiry, and has lost its point once it was used", async () => {
  const [accountId = ""] = await seed({ mails: 1 });
  const [proof] = await book()`
    insert into address_proofs (account_id, user_id, email, expires_at)
    select account_id, id, email, now() + interval '1 day' from users where account_id = ${accountId} limit 1 returning id`;
  const [mail] =
    await book()`update emails set kind = 'address_proof', subject_id = ${proof?.id} returning id`;
  const read = async () => (await readLetters([{ accountId, id: mail?.id }]))[0];
  const letter = await read();
  expect(letter?.withdrawn_because).toBeNull();
  expect(letter && renderLetter(letter, stationery).subject).toBe("Confirm your address for Acme");
  await book()`update address_proofs set used_at = now()`;
  expect((await read())?.withdrawn_because).toBe("the link was used");
});
