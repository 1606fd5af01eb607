import { ActionForm } from "#app/_components/action-form.tsx";
import { Badge } from "#app/_components/badge.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { type DrillMode, drillModes } from "#lib/directory/drill-mode.ts";
import { playDrill } from "./drill-actions.ts";
import { drillWords } from "./drill-words.ts";

/** All that can be played, with a button each but for what is on. */
export const DrillList = ({ now }: { now: DrillMode }) => (
  <ActionForm action={playDrill} className="space-y-4">
    <ul aria-label="Drills" className="divide-y divide-base-300 rounded-box border border-base-300">
      {drillModes.map((mode) => (
        <Drill key={mode} mode={mode} isOn={mode === now} />
      ))}
    </ul>
  </ActionForm>
);

function Drill({ mode, isOn }: { mode: DrillMode; isOn: boolean }) {
  const { name, plays, should } = drillWords[mode];
  return (
    <li className="grid items-start gap-x-6 gap-y-3 px-5 py-4 sm:grid-cols-[minmax(0,1fr)_auto]">
      <div className="min-w-0 space-y-1">
        <h2 className="font-semibold">{name}</h2>
        <p className="max-w-prose">{plays}</p>
        <p className="max-w-prose text-base-content/75">
          <span className="font-medium">What should happen:</span> {should}
        </p>
      </div>
      {isOn ? (
        <Badge tone={mode === "normal" ? "good" : "warn"}>On now</Badge>
      ) : (
        <SubmitButton
          className={`btn btn-sm justify-self-start ${mode === "normal" ? "btn-primary" : "btn-quiet"}`}
          name="mode"
          value={mode}
        >
          {mode === "normal" ? (
            "Back to normal"
          ) : (
            <>
              Play<span className="sr-only"> {name}</span>
            </>
          )}
        </SubmitButton>
      )}
    </li>
  );
}
