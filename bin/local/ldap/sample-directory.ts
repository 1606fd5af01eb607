import { createHash } from "node:crypto";
import { DirectoryTree } from "./directory-tree.ts";

export const sampleSuffix = "dc=acme,dc=test";
export const sampleReader = `cn=reader,${sampleSuffix}`;

const firstNames =
  "Ada Amir Ana Arjun Ben Björn Camila Chloé Daniel Elena Fatima Giulia Hana Ines Jamal Keiko Liam Łukasz Mateo Minh Nadia Olga Omar Priya Quinn Rosa Seán Søren Thabo Yuki Zoë".split(
    " ",
  );
const lastNames =
  "Abe Brown Castillo Chen Dlamini Dubois Eriksen Fischer García Haddad Ivanova Jensen Kowalski Lindqvist Mensah Müller Nguyễn Novák O'Brien Okafor Patel Rossi Santos Tanaka Virtanen Yılmaz".split(
    " ",
  );
const sites = ["Amsterdam", "Berlin", "Chicago", "Delhi"];
const addresses = [
  { street: "Damrak 1", postalCode: "1012 LG", st: "Noord-Holland" },
  { street: "Friedrichstraße 43", postalCode: "10117", st: "Berlin" },
  { street: "233 South Wacker Drive", postalCode: "60606", st: "Illinois" },
  { street: "5 Connaught Place", postalCode: "110001", st: "Delhi" },
];
const departments = ["Engineering", "Sales", "Finance", "People", "Support"];
const titles = ["Engineer", "Manager", "Analyst", "Specialist", "Director", "Assistant"];

type Person = { dn: string; site: number; department: number; nth: number };

/**
 * The sample company: people in units by site and department, distribution lists, lists of lists, two of them in a circle.
 * As in real ones a few people have no address, two share one, some are disabled, and some values are too long or of
 * another encoding. The same at every start.
 */
export function sampleDirectory({
  people = 2000,
  password,
}: {
  people?: number;
  password: string;
}): DirectoryTree {
  const tree = new DirectoryTree(sampleSuffix);
  tree.put("", {
    objectClass: ["top", "OpenLDAProotDSE"],
    namingContexts: [sampleSuffix],
    supportedLDAPVersion: ["3"],
    supportedControl: ["1.2.840.113556.1.4.319"],
    supportedExtension: ["1.3.6.1.4.1.1466.20037", "1.3.6.1.4.1.4203.1.11.3"],
    vendorName: "Rollcall sample directory",
  });
  put(tree, sampleSuffix, {
    objectClass: ["top", "dcObject", "organization"],
    dc: "acme",
    o: "Acme Corporation",
  });
  put(tree, sampleReader, {
    objectClass: ["top", "organizationalRole", "simpleSecurityObject"],
    cn: "reader",
    userPassword: password,
  });
  putUnits(tree);
  putLists(
    tree,
    Array.from({ length: people }, (_, nth) => putPerson(tree, nth)),
  );
  return tree;
}

function put(tree: DirectoryTree, dn: string, attributes: Record<string, string | Buffer | string[]>): void {
  const stamps = {
    entryUUID: uuidOf(dn),
    modifyTimestamp: "20260101000000Z",
    createTimestamp: "20260101000000Z",
  };
  tree.put(dn, { ...attributes, ...stamps });
}

const staff = `ou=Staff,${sampleSuffix}`;
const lists = `ou=Lists,${sampleSuffix}`;
const unitOf = (site: number, department: number) =>
  `ou=${departments[department]},ou=${sites[site]},${staff}`;

function putUnits(tree: DirectoryTree): void {
  const unit = (dn: string, ou: string) => put(tree, dn, { objectClass: ["top", "organizationalUnit"], ou });
  unit(staff, "Staff");
  unit(lists, "Lists");
  for (const [s, site] of sites.entries()) {
    unit(`ou=${site},${staff}`, site);
    for (const [d, department] of departments.entries()) unit(unitOf(s, d), department);
  }
}

const overlong = "Deputy Assistant to the Regional Manager of Everything ".repeat(6).trim();

const every = (nth: number, step: number, offset: number): boolean => nth % step === offset;

const nameOf = (nth: number) => ({
  first: firstNames[(nth * 7) % firstNames.length] as string,
  last: lastNames[(nth * 11 + Math.floor(nth / 26)) % lastNames.length] as string,
});

function addressOf(nth: number): string {
  const { first, last } = nameOf(nth);
  return `${asciiOf(first)}.${asciiOf(last)}.${nth + 1}@acme.test`;
}

function putPerson(tree: DirectoryTree, nth: number): Person {
  const { first, last } = nameOf(nth);
  const [site, department] = [nth % sites.length, Math.floor(nth / sites.length) % departments.length];
  const number = String(nth + 1).padStart(4, "0");
  const dn = `uid=p${number},${unitOf(site, department)}`;
  // One of each two hundred has the address of the one before.
  const mail = addressOf(every(nth, 200, 101) ? nth - 1 : nth);
  put(tree, dn, {
    objectClass: ["top", "person", "organizationalPerson", "inetOrgPerson"],
    uid: `p${number}`,
    cn: `${first} ${last}`,
    givenName: first,
    // Written by a program that took Latin-1 for UTF-8.
    sn: every(nth, 500, 25) ? Buffer.from(last, "latin1") : last,
    ...(every(nth, 97, 50) ? {} : { mail }),
    title: every(nth, 700, 17) ? overlong : (titles[nth % titles.length] as string),
    departmentNumber: departments[department] as string,
    l: sites[site] as string,
    ...addresses[site],
    telephoneNumber: every(nth, 50, 7) ? [`+1 555 ${number}`, `+1 556 ${number}`] : `+1 555 ${number}`,
    ...(every(nth, 3, 0) ? { mobile: `+1 557 ${number}` } : {}),
    employeeNumber: `A${number}`,
    ...(every(nth, 83, 40) ? { nsAccountLock: "TRUE" } : {}),
  });
  return { dn, site, department, nth };
}

function putLists(tree: DirectoryTree, people: Person[]): void {
  const list = (cn: string, member: string[]) => {
    const dn = `cn=${cn},${lists}`;
    put(tree, dn, { objectClass: ["top", "groupOfNames"], cn, mail: `${cn}@acme.test`, member });
    return dn;
  };
  const bySite = sites.map((site, s) =>
    list(
      `all-${site.toLowerCase()}`,
      people.filter((person) => person.site === s).map(({ dn }) => dn),
    ),
  );
  list("all-staff", bySite);
  for (const [d, department] of departments.entries())
    list(
      `dept-${department.toLowerCase()}`,
      people.filter((person) => person.department === d).map(({ dn }) => dn),
    );
  list(
    "first-aid",
    people.filter(({ nth }) => every(nth, 40, 3)).map(({ dn }) => dn),
  );
  list("circle-a", [`cn=circle-b,${lists}`, ...people.slice(0, 3).map(({ dn }) => dn)]);
  list("circle-b", [`cn=circle-a,${lists}`, ...people.slice(3, 6).map(({ dn }) => dn)]);
}

const asciiOf = (name: string): string =>
  name
    .replace(/[łŁ]/g, "l")
    .replace(/[øØ]/g, "o")
    .replace(/ı/g, "i")
    .normalize("NFD")
    .replace(/[^A-Za-z]/g, "")
    .toLowerCase();

/** A name's id, the same at every start (RFC 9562 version 8). */
function uuidOf(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
