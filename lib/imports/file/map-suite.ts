import { headerKey } from "./header-key.ts";
import { type HeaderMeaning, headerMeaning } from "./header-names.ts";
import type { PassOver } from "./pass-over.ts";
import { type Suite, suites } from "./suites.ts";

export interface SuiteMapping {
  /** The suite whose file this is. */
  suite: string | null;
  meanings: HeaderMeaning[];
  /** The column that holds the address where the first is blank. */
  standIn: number | null;
  passOver: PassOver[];
}

/** What each header means, by the rules of the suite that the headers show. */
export function mapSuite(headers: readonly string[]): SuiteMapping {
  const suite = suites.find(({ signatures }) =>
    signatures.some((signature) => signature.every((name) => headers.includes(name))),
  );
  if (!suite) return { suite: null, meanings: usualMeanings(headers), standIn: null, passOver: [] };
  const keys = headers.map(headerKey);
  const places = suite.addresses.map((key) => keys.indexOf(key)).filter((index) => index >= 0);
  const [email, next] = places;
  return {
    suite: suite.name,
    meanings: headers.map((header, index) => meaningIn(suite, header, index === email)),
    standIn: suite.standIn && next !== undefined ? next : null,
    passOver: keys.flatMap((key, column) => passOverOf(suite, key, column)),
  };
}

/** Names that often are addresses, and are taken for the address only where no other column is. */
const signInNames = new Set(["username", "userid", "login", "userprincipalname", "upn"]);

function usualMeanings(headers: readonly string[]): HeaderMeaning[] {
  const meanings = headers.map(headerMeaning);
  const isName = headers.map((header) => signInNames.has(headerKey(header)));
  const address = meanings.some((meaning, index) => meaning === "email" && !isName[index]);
  return address ? meanings.map((meaning, index) => (isName[index] ? "unknown" : meaning)) : meanings;
}

function meaningIn(suite: Suite, header: string, isAddress: boolean): HeaderMeaning {
  const key = headerKey(header);
  const usual = headerMeaning(header);
  if (usual === "password") return usual;
  if (isAddress) return "email";
  if (Object.hasOwn(suite.leftOut, key)) return "unknown";
  if (suite.fields && Object.hasOwn(suite.fields, key)) return suite.fields[key] ?? "unknown";
  return usual === "email" ? "unknown" : usual;
}

function passOverOf(suite: Suite, key: string, column: number): PassOver[] {
  if (!Object.hasOwn(suite.leftOut, key)) return [];
  const words = Object.entries(suite.leftOut[key] ?? {});
  return [
    {
      column,
      says: Object.fromEntries(words.map(([word, label]) => [word, `${label} in ${suite.name}; left out.`])),
    },
  ];
}
