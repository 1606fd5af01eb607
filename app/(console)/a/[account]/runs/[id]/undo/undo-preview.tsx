import { ActionForm } from "#app/_components/action-form.tsx";
import { Field } from "#app/_components/field.tsx";
import { Figures } from "#app/_components/figures.tsx";
import { countOf, number } from "#app/_components/number.ts";
import { Section } from "#app/_components/section.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import type { UndoFound } from "#lib/runs/find-undo.ts";
import type { RunView } from "#lib/runs/run-view.ts";
import { undoneCount } from "../../../enrollment/import/undo-status.ts";
import { runWord } from "./run-word.ts";
import { decideUndo } from "./undo-actions.ts";

type Props = { run: RunView; found: UndoFound; base: string };

export function UndoPreview({ run, found, base }: Props) {
  const people = undoneCount(found.undo);
  return (
    <>
      <Section title={`${countOf(people, "person", "people")} would be changed`}>
        <Figures label="People by what would be undone" wide={4} figures={figures(found, base)} />
        <ul className="max-w-prose list-disc space-y-1 pl-5">
          {(run.bulkChange ? bulkSentences(run, found) : sentences(run, found)).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <p>
          <a className="link" href={`${base}/runs/${found.undo.id}/changes`}>
            Changes, field by field
          </a>
        </p>
      </Section>
      <Section title="Decide">
        <Decision run={run} undo={found.undo} people={people} />
      </Section>
    </>
  );
}

function figures({ undo, suspended }: UndoFound, base: string) {
  const { deleted, updated, activated, skipped, unchanged } = undo.counts;
  const changes = `${base}/runs/${undo.id}/changes`;
  const results = `${base}/runs/${undo.id}/results`;
  return [
    { label: "Taken out again", value: deleted - suspended, href: `${changes}?kind=delete` },
    { label: "Put back", value: updated, href: `${changes}?kind=update` },
    { label: "Restored", value: activated, href: `${changes}?kind=restore` },
    { label: "Suspended again", value: suspended, href: `${changes}?kind=suspend` },
    { label: "Left as they are", value: skipped, tone: "warn" as const, href: `${results}?outcome=skipped` },
    { label: "As before already", value: unchanged, href: `${results}?outcome=unchanged` },
  ];
}

/** Only what concerns this undo, in the order of its figures. */
function sentences(run: RunView, { undo, suspended }: UndoFound): string[] {
  const word = runWord(run);
  const { deleted, updated, activated, skipped } = undo.counts;
  const { mailsSent, mailsInLocalMailbox, mailsWaiting } = run.progress;
  const out = mailsSent + mailsInLocalMailbox;
  const takesInvitations = deleted - suspended + updated > 0;
  const told: [boolean, string][] = [
    [deleted > suspended, `Whoever this ${word} added is taken out again, with their invitation.`],
    [
      updated > 0,
      run.kind === "bulk_invite"
        ? "Whoever was known here before stays; their invitation is revoked."
        : run.kind === "directory_sync"
          ? "Whoever it changed gets back the values from before, address and unit too."
          : "Whoever it changed gets back the values from before, and leaves the groups it added.",
    ],
    [
      activated > 0,
      `Whoever it ${word === "sync" ? "suspended" : "deleted"} is restored. They get no mail; their sessions stay ended.`,
    ],
    [
      suspended > 0,
      `Whoever it ${word === "sync" ? "restored or brought again" : "activated"} is suspended again.`,
    ],
    [skipped > 0, "Who has joined or was changed since is left as they are; the results say why."],
    [
      takesInvitations && out > 0,
      `${countOf(out, "mail")} of this ${word} ${out === 1 ? "is" : "are"} already out. Links of invitations that are taken back stop working.`,
    ],
    [
      takesInvitations && mailsWaiting > 0,
      `${number(mailsWaiting)} more not sent yet: those of such invitations are withdrawn.`,
    ],
    [run.counts.waiting > 0, `Suspensions of this ${word} that still wait for approval are discarded.`],
    [
      word === "sync",
      "The next sync brings all of it again, unless the directory or the settings are changed before.",
    ],
  ];
  return told.filter(([holds]) => holds).map(([, sentence]) => sentence);
}

const putBack: Record<string, string | undefined> = {
  invite:
    "Whoever was invited and has not joined is as before again: the links of their invitations lead nowhere, and mails not sent yet are withdrawn.",
  manage: "Whoever became managed is unmanaged again; their seats are free.",
  unmanage: "Whoever became unmanaged is managed again, and takes a seat.",
};

/** The same of an undo that takes back what was done to many people at once. */
function bulkSentences(run: RunView, { undo }: UndoFound): string[] {
  const { deleted, updated, activated, skipped } = undo.counts;
  const told: [boolean, string][] = [
    [updated > 0, putBack[run.bulkChange?.action ?? ""] ?? "Whoever was changed is as before again."],
    [activated > 0, "Whoever was suspended is restored. They get no mail; their sessions stay ended."],
    [deleted > 0, "Whoever was restored is suspended again."],
    [skipped > 0, "Who was changed since is left as they are; the results say why."],
  ];
  return told.filter(([holds]) => holds).map(([, sentence]) => sentence);
}

function Decision({ run, undo, people }: { run: RunView; undo: RunView; people: number }) {
  return (
    <ActionForm action={decideUndo} className="space-y-4">
      <input type="hidden" name="run" value={run.id} />
      <input type="hidden" name="undo" value={undo.id} />
      {people > 0 && (
        <div className="max-w-80">
          <Field
            name="people"
            label="Number of people"
            hint="To undo, type how many would be changed."
            inputMode="numeric"
            autoComplete="off"
          />
        </div>
      )}
      <div className="flex flex-wrap gap-3">
        {people > 0 && (
          <SubmitButton className="btn btn-error" name="decision" value="undo">
            Undo
          </SubmitButton>
        )}
        <SubmitButton className="btn btn-quiet" name="decision" value="keep">
          Keep everything
        </SubmitButton>
      </div>
      <p className="max-w-prose text-base-content/75 text-sm">
        <strong className="font-semibold">Undo</strong> changes exactly these people; whoever changes before
        that is left. An undo cannot be undone. This plan can be confirmed for an hour.
      </p>
    </ActionForm>
  );
}
