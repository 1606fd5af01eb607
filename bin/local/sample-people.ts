const firstNames =
  "Ada Ben Chloé Dmitri Elif Farid Grace Hana Ines Jamal Keiko Luca Maya Nils Olga Pablo Quinn Rosa Sven Tara".split(
    " ",
  );
const lastNames =
  "Abe Brown Castillo Dubois Eriksen Fischer García Haddad Ito Jensen Kowalski Lindqvist Müller Novak O'Brien Patel".split(
    " ",
  );
const departments = [
  "Engineering",
  "Sales",
  "Finance",
  "People",
  "Support",
  "Legal",
  "Marketing",
  "Operations",
];
const titles = ["Engineer", "Manager", "Analyst", "Specialist", "Director", "Assistant"];

const plain = (name: string) =>
  name
    .normalize("NFD")
    .replace(/[^a-z]/gi, "")
    .toLowerCase();

const pick = (from: readonly string[], at: number) => from[at % from.length] as string;

/** 320 people, always the same, as the text of an import file. */
export function samplePeople(): string {
  const rows = firstNames.flatMap((first, i) =>
    lastNames.map((last, j) => {
      const n = i * lastNames.length + j;
      const email = `${plain(first)}.${plain(last)}@acme.test`;
      const phone = `800-555-${String(1000 + n)}`;
      return [
        email,
        first,
        last,
        `E${1000 + n}`,
        phone,
        pick(titles, n * 7),
        pick(departments, i * 3 + j),
        "New",
      ].join(",");
    }),
  );
  const header = "Email ID,First Name,Last Name,Alternate ID,Work Phone,Title,Department,User Status";
  return `${[header, ...rows].join("\r\n")}\r\n`;
}
