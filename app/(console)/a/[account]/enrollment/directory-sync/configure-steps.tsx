import { countOf } from "#app/_components/number.ts";
import type { DirectoryView } from "#lib/directory/find-directory.ts";
import type { DirectorySettings } from "#lib/directory/settings.ts";

const frequencies: Record<DirectorySettings["schedule"]["frequency"], string> = {
  daily: "Daily",
  weekly: "Weekly",
  monthly: "Monthly",
  other: "At a rhythm of its own",
};

type Step = readonly [path: string, label: string, told: (settings: DirectorySettings) => string];

const steps: Step[] = [
  [
    "connection",
    "Connection",
    ({ connection }) => (connection ? `${connection.host}, ${connection.baseDn}` : "Not defined yet"),
  ],
  [
    "organizational-units",
    "Organizational units",
    ({ units }) =>
      ({
        all: "All",
        none: "None; people of the whole base",
        specific: countOf(units.chosen.length, "unit and what is below it", "units and what is below them"),
      })[units.take],
  ],
  [
    "distribution-lists",
    "Distribution lists",
    ({ lists }) =>
      lists.take && lists.chosen.length > 0 ? countOf(lists.chosen.length, "list", "lists") : "None",
  ],
  [
    "users",
    "Users",
    ({ users }) =>
      [
        users.mapping === "default" ? "Default attributes" : "Own choice of attributes",
        users.inclusion ? "an inclusion rule" : "everybody",
        users.exclusions.length > 0 && countOf(users.exclusions.length, "exclusion rule", "exclusion rules"),
        users.inviteNew ? "new people are invited at once" : "new people are not invited",
      ]
        .filter(Boolean)
        .join(", "),
  ],
  [
    "protected",
    "Exclusions",
    ({ protected: kept }) => {
      const all = kept.users.length + kept.groups.length + kept.rules.length;
      return all === 0
        ? "Nobody is protected from syncs"
        : `${countOf(all, "entry", "entries")} protected from syncs`;
    },
  ],
  [
    "schedule",
    "Schedule",
    ({ schedule, weekly }) =>
      [
        schedule.enabled
          ? `${frequencies[schedule.frequency]}, ${schedule.startsAt} ${schedule.timeZone}`
          : "Not scheduled",
        weekly ? "automatic weekly sync on" : "automatic weekly sync off",
      ].join("; "),
  ],
];

/** The steps, each with what it is set to. */
export function ConfigureSteps({ directory, here }: { directory: DirectoryView; here: string }) {
  return (
    <div className="space-y-3">
      <ol className="divide-y divide-base-300 rounded-box border border-base-300">
        {steps.map(([path, label, told]) => (
          <li key={path} className="grid gap-x-6 gap-y-1 px-5 py-3 sm:grid-cols-[14rem_minmax(0,1fr)]">
            <a className="link font-semibold" href={`${here}/${path}`}>
              {label}
            </a>
            <span className="min-w-0 break-words text-base-content/75">{told(directory.settings)}</span>
          </li>
        ))}
      </ol>
      {directory.version > 0 && (
        <p>
          These are version {directory.version} of the settings.{" "}
          <a className="link" href={`${here}/versions`}>
            Versions
          </a>
        </p>
      )}
    </div>
  );
}
