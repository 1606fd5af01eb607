import { randomBytes } from "node:crypto";
import { DirectoryTree } from "#bin/local/ldap/directory-tree.ts";
import { operations, type Request } from "#bin/local/ldap/messages.ts";
import { sampleDirectory, sampleSuffix } from "#bin/local/ldap/sample-directory.ts";
import { answerSearch, readSearch } from "#bin/local/ldap/search.ts";
import { guidToText } from "#lib/directory/ldap/guid.ts";
import { readerPassword } from "./start-directory.ts";

const showDeleted = "1.2.840.113556.1.4.417";
const unlimited = Number.POSITIVE_INFINITY;

/** The sample directory as Active Directory would tell it, for what no real one does when it is asked to. */
export function activeDirectory(people: number) {
  const tree = sampleDirectory({ people, password: readerPassword });
  for (const { attributes } of tree.entries.values()) {
    attributes.set("objectguid", { name: "objectGUID", values: [randomBytes(16)] });
    attributes.set("usnchanged", { name: "uSNChanged", values: ["10"] });
    if (attributes.has("uid")) {
      attributes.set("useraccountcontrol", { name: "userAccountControl", values: ["512"] });
      attributes.set("objectcategory", { name: "objectCategory", values: ["person"] });
      attributes.get("objectclass")?.values.push("user");
    }
  }
  const root = tree.put("", {
    objectClass: "top",
    supportedCapabilities: "1.2.840.113556.1.4.800",
    supportedControl: ["1.2.840.113556.1.4.319", showDeleted],
    defaultNamingContext: sampleSuffix,
    dnsHostName: "dc1.acme.test",
    dsServiceName: "cn=settings",
    highestCommittedUSN: "100",
  });
  const deleted = new DirectoryTree(sampleSuffix);
  deleted.put(`CN=Deleted Objects,${sampleSuffix}`, { objectClass: ["top", "container"] });
  const guidOf = (dn: string) => tree.find(dn)?.attributes.get("objectguid")?.values[0] as Buffer;
  return {
    tree,
    idOf: (dn: string) => guidToText(guidOf(dn)),
    /** What is kept of an entry that was deleted; the entry itself is left as it is. */
    bury(dn: string) {
      const guid = guidOf(dn);
      const name = `CN=gone\\0ADEL:${guidToText(guid)},CN=Deleted Objects,${sampleSuffix}`;
      deleted.put(name, {
        objectClass: ["top", "person", "user"],
        isDeleted: "TRUE",
        objectGUID: guid,
        uSNChanged: "101",
      });
      root.attributes.set("highestcommittedusn", { name: "highestCommittedUSN", values: ["101"] });
    },
    /** The messages for who asks for what was deleted, the last one the result; null: something else is asked. */
    shown(request: Request): Buffer[] | null {
      if (request.operation !== operations.searchRequest) return null;
      if (!request.controls.some(({ oid }) => oid === showDeleted)) return null;
      const controls = request.controls.filter(({ oid }) => oid !== showDeleted);
      const asked = readSearch({ ...request, controls }, deleted);
      const limits = { mostInPage: 1000, mostInAll: unlimited, mostValues: unlimited };
      return [...answerSearch(asked, deleted, limits)];
    },
  };
}
