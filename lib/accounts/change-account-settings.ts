import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { clearWordFault } from "./clear-word.ts";
import { type AccountSettings, settingsRow } from "./settings/settings-row.ts";

type Field = keyof AccountSettings;
type Changed = { ok: true; changed: number } | { ok: false; reason: "bad_field"; field: Field };

const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const within = (value: number, least: number, most: number) =>
  Number.isInteger(value) && value >= least && value <= most;

/** `operatorsPercent`: the share that the operator allows; an account may only be stricter. */
export async function changeAccountSettings(
  actor: UserActor,
  wish: AccountSettings,
  operatorsPercent: number,
): Promise<Changed> {
  authorize(actor, "account.change");
  const after = { ...wish, name: wish.name.trim(), clearWord: wish.clearWord.trim() };
  const field = faultyField(after, operatorsPercent);
  if (field) return { ok: false, reason: "bad_field", field };
  return withAccount(actor, async (tx) => {
    const before = await settingsRow(tx, actor.accountId, sql`for no key update`);
    const changes = (Object.keys(before) as Field[])
      .filter((name) => before[name] !== after[name])
      .map((name) => ({ field: name, before: told(before[name]), after: told(after[name]) }));
    if (changes.length === 0) return { ok: true, changed: 0 };
    await tx.execute(sql`
      update accounts set name = ${after.name}, invitation_days = ${after.invitationDays},
        clear_word = ${after.clearWord}, removal_percent = ${after.removalPercent},
        long_run_seconds = ${after.longRunSeconds}
      where id = ${actor.accountId}`);
    await recordEvent(tx, actor, {
      action: "account.changed",
      subjectKind: "account",
      subjectId: actor.accountId,
      details: { changes },
    });
    return { ok: true, changed: changes.length };
  });
}

function faultyField(wish: AccountSettings, operatorsPercent: number): Field | null {
  const { name, clearWord, removalPercent } = wish;
  if (name === "" || [...name].length > 100 || invisible.test(name)) return "name";
  if (!within(wish.invitationDays, 1, 90)) return "invitationDays";
  if (clearWordFault(clearWord)) return "clearWord";
  if (removalPercent !== null && !within(removalPercent, 0, operatorsPercent)) return "removalPercent";
  return within(wish.longRunSeconds, 1, 86_400) ? null : "longRunSeconds";
}

const told = (value: string | number | null): string | null => (value === null ? null : String(value));
