import { Badge, type Tone } from "#app/_components/badge.tsx";
import { Moment } from "#app/_components/moment.tsx";
import type { Explained, Explanation, Step } from "#lib/directory/explain-person.ts";

const names: Record<Step["name"], string> = {
  base: "Base DN",
  unit: "Organizational units",
  inclusion: "Inclusion rule",
  exclusion: "Exclusion rules",
  protected: "Exclusions on our side",
  address: "Address",
  match: "Who it is here",
  change: "What is done",
};

const badges: Record<Step["verdict"], readonly [Tone, string]> = {
  passed: ["good", "Goes on"],
  stopped: ["warn", "Stops here"],
  unknown: ["quiet", "Open"],
};

type Props = { explained: Extract<Explanation, { ok: true }>; base: string };

export function Explanations({ explained: { cases, more }, base }: Props) {
  return (
    <div className="space-y-6">
      {cases.length > 1 && (
        <p role="status">
          {more ? `More than ${cases.length} entries` : `${cases.length} entries`} have this address. Only one
          person can have it here.
        </p>
      )}
      {cases.map((each) => (
        <Case key={each.title} explained={each} base={base} />
      ))}
    </div>
  );
}

function Case({ explained: { title, person, run, steps }, base }: { explained: Explained; base: string }) {
  return (
    <article className="rounded-box border border-base-300">
      <header className="border-base-300 border-b px-5 py-3">
        <h3 className="break-all font-semibold">{title}</h3>
        <p className="flex flex-wrap gap-x-4 text-sm">
          {person && (
            <a className="link" href={`${base}/users/${person.id}`}>
              {person.name}
            </a>
          )}
          {run && (
            <a className="link" href={`${base}/runs/${run.id}`}>
              Sync of <Moment at={run.at.getTime()} />
            </a>
          )}
        </p>
      </header>
      <ol className="divide-y divide-base-300">
        {steps.map(({ name, verdict, sentence }) => (
          <li key={name} className="grid gap-x-6 gap-y-1 px-5 py-3 sm:grid-cols-[12rem_8rem_minmax(0,1fr)]">
            <span className="font-medium">{names[name]}</span>
            <span>
              <Badge tone={badges[verdict][0]}>{badges[verdict][1]}</Badge>
            </span>
            <span className="min-w-0 break-words">{sentence}</span>
          </li>
        ))}
      </ol>
    </article>
  );
}
