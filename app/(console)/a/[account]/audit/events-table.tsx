import { Moment } from "#app/_components/moment.tsx";
import { number } from "#app/_components/number.ts";
import { Table } from "#app/_components/table.tsx";
import type { EventView, FieldChange } from "#lib/audit/event-view.ts";

type Ways = { base: string; toUsers: boolean; toRuns: boolean };

const columns = ["What", "When", "Who", "On whom", "Before and after", "Seal"].map((label) => ({ label }));

/** Longer values are whole in the export. */
const most = 160;
const short = (text: string): string => (text.length > most ? `${text.slice(0, most)}…` : text);

export function EventsTable({ events, ...ways }: { events: EventView[] } & Ways) {
  return (
    <Table label="Events" columns={columns}>
      {events.map((event) => (
        <tr key={event.id}>
          <th scope="row" className="row-name sm:min-w-40 sm:max-w-60">
            {event.what}
          </th>
          <td data-label="When">
            <Moment at={event.at} />
          </td>
          <td data-label="Who" className="wrap-anywhere sm:max-w-52">
            {short(event.who.name)}
            {!event.who.id && <span className="text-base-content/75"> (system)</span>}
            {event.ip && <span className="block text-base-content/75 text-xs">from {event.ip}</span>}
          </td>
          <td data-label="On whom" className="wrap-anywhere sm:max-w-52">
            <OnWhom event={event} {...ways} />
          </td>
          <td data-label="Before and after" className="whole-line wrap-anywhere sm:min-w-52 sm:max-w-96">
            <Details event={event} {...ways} />
          </td>
          <td data-label="Seal" className="text-base-content/75">
            {event.position === null ? "not sealed yet" : `sealed, position ${number(event.position)}`}
          </td>
        </tr>
      ))}
    </Table>
  );
}

const kinds: Record<string, string> = { account: "this account", upload: "a file", user: "a person" };

function OnWhom({ event: { onWhom }, base, toUsers }: { event: EventView } & Ways) {
  if (!onWhom) return null;
  const name = short(onWhom.name ?? kinds[onWhom.kind] ?? `a ${onWhom.kind}`);
  if (onWhom.kind !== "user" || !onWhom.id || !toUsers) return name;
  return (
    <a className="link" href={`${base}/users/${onWhom.id}`}>
      {name}
    </a>
  );
}

function Details({ event: { changes, facts, run }, base, toRuns }: { event: EventView } & Ways) {
  return (
    <>
      {changes.map((change) => (
        <Change key={change.field} {...change} />
      ))}
      {facts.map(({ name, value }) => (
        <p key={name}>
          <span className="text-base-content/75">{name}:</span> {short(value)}
        </p>
      ))}
      {run && (
        <p>
          <span className="text-base-content/75">Run:</span>{" "}
          {toRuns ? (
            <a className="link" href={`${base}/runs/${run.id}`}>
              {short(run.name)}
            </a>
          ) : (
            short(run.name)
          )}
        </p>
      )}
    </>
  );
}

const Change = ({ field, before, after }: FieldChange) => (
  <p>
    <span className="text-base-content/75">{field}:</span> <Value of={before} />{" "}
    <span aria-hidden="true">→</span>
    <span className="sr-only">became</span> <Value of={after} />
  </p>
);

const Value = ({ of }: { of: string | null }) =>
  of === null ? <i className="text-base-content/75">empty</i> : short(of);
