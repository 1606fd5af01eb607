import { EmptyState } from "#app/_components/empty-state.tsx";
import { countOf, number } from "#app/_components/number.ts";
import { Section } from "#app/_components/section.tsx";
import { WeeksChart } from "#app/_components/weeks-chart.tsx";
import { type Series, weeksLines } from "#app/_components/weeks-lines.ts";
import type { Funnel, Step } from "#lib/overview/read-funnel.ts";
import { FunnelTable } from "./overview-funnel.tsx";

const steps: { step: Step; label: string; look: Series["look"] }[] = [
  { step: "invited", label: "Invited", look: "first" },
  { step: "delivered", label: "Delivered", look: "second" },
  { step: "opened", label: "Opened", look: "third" },
  { step: "joined", label: "Joined", look: "fourth" },
];

/** What became of the invitations of the last twelve weeks. `importHref` null: who looks may not import. */
export function OverviewInvitations({ funnel, importHref }: { funnel: Funnel; importHref: string | null }) {
  const { weeks, total, capped } = funnel;
  const none = steps.every(({ step }) => total[step] === 0);
  return (
    <Section title="Invitations, last 12 weeks">
      {none ? (
        <EmptyState title="Nobody was invited in the last 12 weeks">
          {importHref ? (
            <>
              People of an{" "}
              <a className="link" href={importHref}>
                imported file
              </a>{" "}
              are invited, and show here.
            </>
          ) : (
            "Invitations will show here."
          )}
        </EmptyState>
      ) : (
        <div className="grid grid-cols-1 gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
          <FunnelTable
            steps={steps.map(({ step, label }) => [
              label,
              total[step],
              capped && (step === "opened" || step === "joined"),
            ])}
          />
          <WeeksChart
            title="Invitations by week"
            description={`In twelve weeks ${countOf(total.invited, "person", "people")} invited, ${number(total.delivered)} mails delivered, ${number(total.opened)} join pages opened, ${number(total.joined)} joined. A table with every week follows.`}
            lines={weeksLines(
              weeks.map(({ week }) => week),
              steps.map(({ step, label, look }) => ({ label, look, values: weeks.map((w) => w[step]) })),
            )}
            capped={capped}
          />
        </div>
      )}
    </Section>
  );
}
