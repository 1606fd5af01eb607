import { Section } from "#app/_components/section.tsx";
import { Table } from "#app/_components/table.tsx";

const columns = [
  ["Email ID", "The only one that is needed. Its domain must be one of your account's."],
  ["First Name, Last Name", "As the person should see them."],
  ["Alternate ID", "A number of your own, such as a staff number. Up to 64 characters."],
  ["Work Phone", "Up to 64 characters."],
  ["Title, Department", "Kept with the person and searchable."],
  [
    "User Status",
    "New, Update, Delete or Activate, in every row: a row with an empty cell fails. Without this column unknown people are new, known ones are updated.",
  ],
  ["Location, Street Address, City, Region, Postal Code, Country", "Up to 200 characters each."],
  ["License Type, Service ID, Extension", "As your telephone system has them."],
  [
    "Language",
    "Of the mails to this person: en, de, es or ja, or the language's name. Without it the account's language.",
  ],
  ["Groups", "Names with semicolons between them. A file adds people to groups and never removes them."],
] as const;

const words = [
  ["New", "Adds and invites the person. Who is invited or a user already is skipped."],
  [
    "Update",
    "Changes the fields that are given. Who is not here fails, unless Create unknown people is ticked.",
  ],
  ["Delete", "Suspends the person, who can be restored for 30 days. Many at once wait for an approval."],
  ["Activate", "Lets a suspended person in again."],
] as const;

const limits = [
  ["A blank cell", "Leaves the field as it is. A cell that holds just the clear word empties it."],
  ["Size", "Up to 1,000,000 rows, 512 MiB and 200 columns; a row up to 64 KiB."],
  ["Other columns", "Are listed in the report and ignored. Passwords are never read."],
  [
    "Other names",
    "Mail, Surname, Job Title and the like are understood, and so are the user files of the big suites. Where a name is not, use Map columns.",
  ],
] as const;

export function FileNeeds() {
  return (
    <Section
      title="What the file needs"
      aside={
        <a className="link text-sm" href="/import-template.csv" download="rollcall-import-template.csv">
          Download a template
        </a>
      }
    >
      <p className="max-w-prose">
        The first row names the columns, in any order; only{" "}
        <strong className="font-semibold">Email ID</strong> is needed. Commas, semicolons, tabs and pipes all
        do. A row that is wrong is left out and listed with its line; the others go on.
      </p>
      <details>
        <summary className="link w-fit">Columns, words and limits</summary>
        <div className="mt-3 space-y-5">
          <Meanings label="Columns" head="Column" rows={columns} />
          <Meanings label="Words of User Status" head="User Status" rows={words} />
          <Meanings label="Cells and limits" head="What" rows={limits} />
        </div>
      </details>
    </Section>
  );
}

type Rows = readonly (readonly [string, string])[];

function Meanings({ label, head, rows }: { label: string; head: string; rows: Rows }) {
  return (
    <Table label={label} columns={[{ label: head }, { label: "Meaning" }]}>
      {rows.map(([name, meaning]) => (
        <tr key={name}>
          <th scope="row" className="font-medium sm:w-64">
            {name}
          </th>
          <td className="whole-line text-base-content/75">{meaning}</td>
        </tr>
      ))}
    </Table>
  );
}
