import { setBilling } from "#lib/accounts/set-billing.ts";
import { setDailyMails } from "#lib/accounts/set-daily-mails.ts";
import { setSeats } from "#lib/accounts/set-seats.ts";
import { type Command, knownAccount, noMore, Refused, WrongUsage } from "./command.ts";

export const billingCommands: Record<string, Command> = {
  "set-seats": {
    takes: "SLUG NUMBER|none",
    about: "how many people may be managed at once",
    run: async ([slug, wish, ...rest]) => {
      const accountId = await knownAccount(slug);
      if (!wish) throw new WrongUsage();
      noMore(rest);
      if (wish !== "none" && !/^\d{1,7}$/.test(wish))
        throw new Refused(`${wish} is no number of seats: give 0 to 9999999, or none for no limit.`);
      const limit = wish === "none" ? null : Number(wish);
      const { taken } = await setSeats(accountId, limit);
      const over = limit !== null && taken > limit ? " Nobody loses a seat; no more can be taken." : "";
      return `${slug} has ${limit ?? "as many"} ${limit === 1 ? "seat" : "seats"}${limit === null ? " as it wants" : ""}, ${taken} of them taken.${over}`;
    },
  },
  "set-daily-mails": {
    takes: "SLUG NUMBER|default",
    about: "how many mails may go out in a day (UTC)",
    run: async ([slug, wish, ...rest]) => {
      const accountId = await knownAccount(slug);
      if (!wish) throw new WrongUsage();
      noMore(rest);
      if (wish !== "default" && !/^\d{1,8}$/.test(wish))
        throw new Refused(`${wish} is no number of mails: give 0 to 99999999, or default.`);
      await setDailyMails(accountId, wish === "default" ? null : Number(wish));
      const most = wish === "default" ? "as many mails a day as everybody" : `at most ${wish} mails a day`;
      return `${slug} sends ${most}. What is over it waits for the next day.`;
    },
  },
  "set-billing": {
    takes: "SLUG monthly|annual [DAY]",
    about: "when a billing period begins; DAY as 2026-11-01",
    run: async ([slug, period, day, ...rest]) => {
      const accountId = await knownAccount(slug);
      if (period !== "monthly" && period !== "annual") throw new WrongUsage();
      noMore(rest);
      if (day !== undefined && !isDay(day)) throw new Refused(`${day} is no day: write it as 2026-11-01.`);
      const set = await setBilling(accountId, { period, ...(day ? { from: day } : {}) });
      return `${slug} is billed ${set.period === "monthly" ? "monthly" : "annually"}, from ${set.from}.`;
    },
  },
};

/** A day of the calendar: the 31st of February is none. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) && at.getUTCFullYear() >= 2000;
}
