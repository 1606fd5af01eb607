import type { DirectoryConnection } from "./connection.ts";

export type ServerKind = "active_directory" | "openldap" | "389ds" | "other";

/** `idAttribute`: of the id that an entry keeps for life. `namingContexts`: where a Base DN may begin. */
export type ProbedServer = {
  kind: ServerKind;
  vendor: string | null;
  idAttribute: "objectGUID" | "entryUUID" | "nsUniqueId";
  namingContexts: string[];
  /** Which controller this is: a position in its changes means nothing to another one. */
  serverName: string | null;
  controls: ReadonlySet<string>;
};

const activeDirectory = "1.2.840.113556.1.4.800";
const asked = [
  "vendorName",
  "vendorVersion",
  "namingContexts",
  "defaultNamingContext",
  "supportedControl",
  "supportedCapabilities",
  "dnsHostName",
  "objectClass",
  "structuralObjectClass",
];

/** What the server tells of itself in its root entry (RFC 4512 5.1). */
export async function probeServer(connection: DirectoryConnection): Promise<ProbedServer> {
  const root = await connection.entry("", asked);
  const texts = (name: string) => root?.texts(name) ?? [];
  const vendor = [...texts("vendorName"), ...texts("vendorVersion")].join(" ") || null;
  const kind = kindOf(
    texts("supportedCapabilities"),
    texts("objectClass").concat(texts("structuralObjectClass")),
    vendor,
  );
  return {
    kind,
    vendor,
    idAttribute: kind === "active_directory" ? "objectGUID" : kind === "389ds" ? "nsUniqueId" : "entryUUID",
    namingContexts: [...new Set([...texts("defaultNamingContext"), ...texts("namingContexts")])],
    serverName: texts("dnsHostName")[0] ?? null,
    controls: new Set(texts("supportedControl")),
  };
}

function kindOf(capabilities: string[], classes: string[], vendor: string | null): ServerKind {
  if (capabilities.includes(activeDirectory)) return "active_directory";
  if (classes.some((name) => /^OpenLDAProotDSE$/i.test(name))) return "openldap";
  return /389|fedora|red hat/i.test(vendor ?? "") ? "389ds" : "other";
}
