import { Section } from "#app/_components/section.tsx";

const columns = [
  ["Email ID", "The only one that is needed. Its domain must be one of your account's."],
  ["First Name, Last Name", "As the person should see them."],
  ["Alternate ID", "A number of your own, such as a staff number."],
  ["Work Phone, Title, Department", "Kept with the person and searchable."],
  [
    "User Status",
    "New or Update, in every row: a row with an empty cell fails. Without this column unknown people are new, known ones are updated.",
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
        The first row names the columns, in any order. Commas, semicolons, tabs and pipes all do. A row that
        is wrong is left out and listed with its line; the others go on.
      </p>
      <dl className="divide-y divide-base-300 border-base-300 border-y">
        {columns.map(([name, meaning]) => (
          <div key={name} className="grid gap-x-6 py-2 sm:grid-cols-[16rem_1fr]">
            <dt className="font-medium">{name}</dt>
            <dd className="text-base-content/75">{meaning}</dd>
          </div>
        ))}
      </dl>
      <details>
        <summary className="link w-fit">More columns</summary>
        <p className="mt-2 max-w-prose">
          Location, Street Address, City, Region, Postal Code, Country, License Type, Service ID, Extension,
          Groups. Other columns are listed in the report and ignored.
        </p>
      </details>
    </Section>
  );
}
