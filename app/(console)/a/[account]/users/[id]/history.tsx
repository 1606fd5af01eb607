import { Badge } from "#app/_components/badge.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { Pager } from "#app/_components/pager.tsx";
import { Section } from "#app/_components/section.tsx";
import { Table } from "#app/_components/table.tsx";
import { fieldLabel, type ImportField, importFields } from "#lib/imports/fields.ts";
import type { PastChange } from "#lib/runs/list-history-of-user.ts";
import { changedValue, changeWord } from "../../runs/[id]/changes/change-words.ts";

type Props = {
  history: { changes: PastChange[]; previous: string | null; next: string | null };
  here: string;
  /** Where the reports of runs are, for those who may read them. */
  runs: string | null;
};

const columns = ["When", "By", "What happened", "Fields"].map((label) => ({ label }));

/** Newest first; a run is linked to its report. */
export function History({ history, here, runs }: Props) {
  const { changes, previous, next } = history;
  return (
    <Section title="History of changes">
      {changes.length === 0 ? (
        <p>Nothing was changed yet.</p>
      ) : (
        <Table label="Each change" columns={columns}>
          {changes.map((change) => (
            <tr key={change.id}>
              <td data-label="When">
                <Moment at={change.at} />
              </td>
              <th scope="row" className="sm:min-w-32">
                {change.by}
              </th>
              <td data-label="What happened">
                <What change={change} runs={runs} />
              </td>
              <td data-label="Fields" className="whole-line sm:min-w-72">
                <Fields change={change} />
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Pager
        label="Pages of the history"
        previous={previous && `${here}?before=${previous}#history`}
        next={next && `${here}?after=${next}#history`}
      />
    </Section>
  );
}

function What({ change, runs }: { change: PastChange; runs: string | null }) {
  const [tone, label] =
    change.action === null ? (["quiet", change.words] as const) : changeWord(change.action);
  const file = change.run?.fileName ?? (change.run?.kind === "directory_sync" ? "Directory Sync" : "a run");
  return (
    <div className="space-y-1">
      <Badge tone={tone}>{label}</Badge>
      {change.run && (
        <p className="break-words text-sm">
          {runs ? (
            <a className="link" href={`${runs}/${change.run.id}`}>
              {file}
            </a>
          ) : (
            file
          )}
        </p>
      )}
    </div>
  );
}

const others: Record<string, string> = {
  status: "Status",
  managed: "Managed",
  organizational_unit: "Organizational unit",
  role: "Role",
  mails_paused: "Mails paused",
  sign_in_identity: "Sign-in identity",
};
const isField = (name: string): name is ImportField => importFields.some((field) => field.name === name);
const labelOf = (name: string): string => (isField(name) ? fieldLabel(name) : (others[name] ?? name));

function Fields({ change }: { change: PastChange }) {
  return (
    <ul className="space-y-0.5">
      {change.fields.map(({ field, before, after }) => (
        <li key={field} className="break-words">
          <span className="text-base-content/75">{labelOf(field)}:</span>{" "}
          <Value text={changedValue(field, before)} />{" "}
          <span aria-hidden="true" className="text-base-content/75">
            →
          </span>
          <span className="sr-only">becomes</span>{" "}
          <Value
            text={changedValue(field, after)}
            none={field === "status" ? "as it was before the suspension" : "empty"}
          />
        </li>
      ))}
      {change.groups.length > 0 && <li className="break-words">Joins {change.groups.join(", ")}</li>}
      {change.leaves.length > 0 && <li className="break-words">Leaves {change.leaves.join(", ")}</li>}
    </ul>
  );
}

function Value({ text, none = "empty" }: { text: string | null; none?: string }) {
  if (text === null) return <em className="text-base-content/75">{none}</em>;
  return <bdi className="font-medium">{text}</bdi>;
}
