import type { MailLanguage } from "../mail-language.ts";
import { shortened } from "../templates/clean-text.ts";
import { wordsOf } from "../templates/words/words-of.ts";
import { locales } from "./format-date.ts";
import type { RunTold } from "./run-told.ts";

/** What the mail about an ended run says of it. Pure. Throws when the run is gone. */
export function runEndedValues(run: RunTold | null, language: MailLanguage) {
  const told = present(run);
  const { endings } = wordsOf[language].run;
  return {
    what: whatOf(told, language),
    ending: endings[told.state as keyof typeof endings] ?? endings.completed,
    counts: countsOf(told, language),
  };
}

/** What the mail about suspensions that wait says of their run. Pure. Throws when the run is gone. */
export function removalsValues(run: RunTold | null, language: MailLanguage) {
  const told = present(run);
  return {
    what: whatOf(told, language),
    askedBy: askedByOf(told, language),
    people: counted(wordsOf[language].run.people, told.held_back, language),
  };
}

/** What the mail about a sync that failed says of it. Pure. Throws when the run is gone. */
export const syncFailedValues = (run: RunTold | null, language: MailLanguage) => ({
  askedBy: askedByOf(present(run), language),
});

/** Pure. */
export const overdueValues = (days: number, language: MailLanguage) => ({
  days: counted(wordsOf[language].run.days, days, language),
});

function askedByOf({ by_schedule: bySchedule, asked_by: askedBy }: RunTold, language: MailLanguage): string {
  const { anAdministrator, run } = wordsOf[language];
  return bySchedule ? run.bySchedule : askedBy || anAdministrator;
}

function present(run: RunTold | null): RunTold {
  if (!run) throw new Error("The run that the mail is about is gone.");
  return run;
}

// Short enough that the words around it are not cut.
const longestFile = 60;

function whatOf({ kind, file }: RunTold, language: MailLanguage): string {
  const { work } = wordsOf[language].run;
  const { of, alone } = work[kind as keyof typeof work] ?? work.bulk_change;
  return file ? of(shortened(file, longestFile)) : alone;
}

const settled = ["created", "updated", "activated", "failed"] as const;
const told = ["created", "updated", "deleted", "activated", "unchanged", "skipped", "failed"] as const;

function countsOf(run: RunTold, language: MailLanguage): string {
  const words = wordsOf[language].run;
  const counts = (run.guarded ? settled : told)
    .filter((count) => run[count] > 0)
    .map((count) => counted(words.counts[count], run[count], language));
  const lines = run.rows > 0 && run.kind !== "undo" ? counted(words.lines, run.rows, language) : null;
  const sum = words.sentence(lines, counts.length > 0 ? counts : [words.nothing]);
  return [`${sum.charAt(0).toUpperCase()}${sum.slice(1)}`, ...remarks(run, language)].join(words.gap);
}

function remarks(run: RunTold, language: MailLanguage): string[] {
  const words = wordsOf[language].run;
  const { state, held_back: heldBack, failed } = run;
  return [
    (state === "failed" || state === "cancelled") && words.cutShort,
    heldBack > 0 && counted(words.heldBack, heldBack, language),
    failed > 0 && words.mendable,
  ].filter((remark) => remark !== false);
}

const digits = new Map<MailLanguage, Intl.NumberFormat>();

function counted(
  words: (n: string, isOne: boolean) => string,
  count: number,
  language: MailLanguage,
): string {
  const format = digits.get(language) ?? new Intl.NumberFormat(locales[language]);
  digits.set(language, format);
  return words(format.format(count), count === 1);
}
