import { scaleLinear } from "d3-scale";
import { EmptyState } from "#app/_components/empty-state.tsx";
import { countOf, number } from "#app/_components/number.ts";
import { Section } from "#app/_components/section.tsx";
import { type Series, WeeksChart } from "#app/_components/weeks-chart.tsx";
import type { Funnel, Step } from "#lib/overview/read-funnel.ts";

const steps: { step: Step; label: string; look: Series["look"]; fill: string }[] = [
  { step: "invited", label: "Invited", look: "first", fill: "fill-primary" },
  { step: "delivered", label: "Delivered", look: "second", fill: "fill-info" },
  { step: "opened", label: "Opened", look: "third", fill: "fill-warning" },
  { step: "joined", label: "Joined", look: "fourth", fill: "fill-success" },
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
          <FunnelTable total={total} capped={capped} />
          <WeeksChart
            title="Invitations by week"
            description={`In twelve weeks ${countOf(total.invited, "person", "people")} invited, ${number(total.delivered)} mails delivered, ${number(total.opened)} join pages opened, ${number(total.joined)} joined. A table with every week follows.`}
            weeks={weeks.map(({ week }) => week)}
            series={steps.map(({ step, label, look }) => ({
              label,
              look,
              values: weeks.map((w) => w[step]),
            }))}
            capped={capped}
          />
        </div>
      )}
    </Section>
  );
}

/** A bar a step; the numbers beside them are the table. */
function FunnelTable({ total, capped }: Pick<Funnel, "total" | "capped">) {
  const most = Math.max(1, ...steps.map(({ step }) => total[step]));
  const x = scaleLinear([0, most], [0, 400]);
  const share = (count: number) =>
    total.invited > 0 ? `${Math.round((100 * count) / total.invited)} %` : "";
  return (
    <table className="h-fit w-full">
      <caption className="sr-only">From invited to joined, last 12 weeks</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Step</th>
          <td />
          <th scope="col">People</th>
          <th scope="col">Of those invited</th>
        </tr>
      </thead>
      <tbody>
        {steps.map(({ step, label, fill }) => (
          <tr key={step} className="[&>*]:py-1.5">
            <th scope="row" className="pr-3 text-start font-normal text-base-content/75 text-sm">
              {label}
            </th>
            <td className="w-full">
              <svg viewBox="0 0 400 20" preserveAspectRatio="none" aria-hidden="true" className="h-5 w-full">
                <rect width="400" height="20" rx="3" className="fill-base-200" />
                <rect width={x(total[step])} height="20" className={fill} />
              </svg>
            </td>
            <td className="pl-3 text-end font-semibold">
              {number(total[step])}
              {capped && (step === "opened" || step === "joined") && "+"}
            </td>
            <td className="whitespace-nowrap pl-3 text-end text-base-content/75 text-sm">
              {step !== "invited" && share(total[step])}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
