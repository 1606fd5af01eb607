import { Fact, Facts } from "#app/_components/facts.tsx";
import { Section } from "#app/_components/section.tsx";
import type { RunView } from "#lib/runs/run-view.ts";

const delimiters: Record<string, string> = { ",": "comma", ";": "semicolon", "|": "pipe", "\t": "tab" };

export function ReportAssumptions({ assumed }: { assumed: NonNullable<RunView["assumed"]> }) {
  // A column that is not read is kept too, with no field: the file of failed rows needs all of them in order.
  const used = assumed.columns.filter((column) => column.field !== "");
  if (assumed.header !== undefined)
    return (
      <Section title="How the file was understood">
        <Facts>
          <Fact name="Encoding">{assumed.encoding}</Fact>
          <Fact name="Line above the addresses, passed over">{assumed.header ?? "none"}</Fact>
          <Fact name="Names beside addresses">passed over</Fact>
        </Facts>
      </Section>
    );
  return (
    <Section title="How the file was understood">
      <Facts>
        <Fact name="Encoding">{assumed.encoding}</Fact>
        <Fact name="Delimiter">{delimiters[assumed.delimiter] ?? assumed.delimiter}</Fact>
        {assumed.suite ? <Fact name="Template or export of">{assumed.suite}</Fact> : null}
        {assumed.flat ? (
          <Fact name="Layout">a flat list, cut every {assumed.columns.length} fields</Fact>
        ) : null}
        {assumed.linesBefore ? (
          <Fact name="Lines before the header, passed over">{assumed.linesBefore}</Fact>
        ) : null}
        <Fact name="Columns used">
          <ul>
            {used.map(({ header, field }) => (
              <li key={header}>{header === field ? field : `${field}, from “${header}”`}</li>
            ))}
          </ul>
        </Fact>
        <Fact name="Columns ignored">{assumed.ignored.join(", ") || "none"}</Fact>
        <Fact name="Columns not in the file">{assumed.absent.join(", ") || "none"}</Fact>
      </Facts>
    </Section>
  );
}
