import { type FilledMail, fillTemplate } from "../fill-template.ts";
import type { MailLanguage } from "../mail-language.ts";
import type { Letter } from "./read-letters.ts";
import type { RunTold } from "./run-told.ts";

type RunLetter = Pick<Letter, "account_name" | "recipient" | "run"> & { link: string };

/** Pure. Throws when the run is gone. */
export function renderRunLetter(
  kind: "run_ended" | "removals_waiting",
  language: MailLanguage,
  { account_name: accountName, recipient, run, link }: RunLetter,
): FilledMail {
  if (!run) throw new Error("The run that the mail is about is gone.");
  const shared = { accountName, recipient, link, what: whatOf(run) };
  if (kind === "removals_waiting") {
    const people = number(run.held_back, "person", "people");
    return fillTemplate(kind, language, { ...shared, askedBy: run.asked_by || "An administrator", people });
  }
  return fillTemplate(kind, language, {
    ...shared,
    ending: endings[run.state] ?? endings.completed,
    counts: countsOf(run),
  });
}

function whatOf({ kind, file }: RunTold): string {
  const work = kind === "undo" ? "Undo of the import" : kind === "import" ? "Import" : "Bulk work";
  return file ? `${work} of ${file}` : work;
}

const endings: Record<string, string> & { completed: string } = {
  completed: "has finished",
  failed: "failed",
  cancelled: "was cancelled",
};

const settled = ["created", "updated", "activated", "failed"] as const;
const told = ["created", "updated", "deleted", "activated", "unchanged", "skipped", "failed"] as const;

function countsOf(run: RunTold): string {
  const counts = (run.guarded ? settled : told)
    .filter((count) => run[count] > 0)
    .map((count) => `${number(run[count])} ${count === "created" ? "new" : count}`);
  const rows = run.rows > 0 && run.kind !== "undo" ? [number(run.rows, "line", "lines")] : [];
  const sum = [...rows, counts.join(", ") || "nothing was changed"].join(": ");
  return [`${sum.charAt(0).toUpperCase()}${sum.slice(1)}.`, ...remarks(run)].join(" ");
}

function remarks(run: RunTold): string[] {
  const { state, held_back: heldBack, failed } = run;
  const cutShort = state === "failed" || state === "cancelled";
  return [
    cutShort && "What was done before stays; the report says how far it came.",
    heldBack > 0 &&
      `${number(heldBack, "suspension", "suspensions")} asked for: too many to go without approval.`,
    failed > 0 && "The failed lines can be mended from the report.",
  ].filter((remark) => remark !== false);
}

const digits = new Intl.NumberFormat("en-GB");

function number(count: number, one = "", many = ""): string {
  return `${digits.format(count)} ${count === 1 ? one : many}`.trimEnd();
}
