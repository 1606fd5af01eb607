import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "#bin/local/free-port.ts";
import type { DirectoryTree } from "#bin/local/ldap/directory-tree.ts";
import { keepCertificates } from "#bin/local/ldap/keep-certificates.ts";
import { sampleReader, sampleSuffix } from "#bin/local/ldap/sample-directory.ts";
import { directoryAdmin } from "./directory-admin.ts";
import { ended, started } from "./started.ts";

/** What it needs and this machine does not have. */
export const missingOfSlapd = (): string[] =>
  ["/usr/sbin/slapd", "/usr/sbin/slapadd"].filter((program) => !existsSync(program));

/** May read everything, but only so much at once: OpenLDAP gives 500 entries to whom it says nothing else. */
export const limitedReader = `cn=limited,${sampleSuffix}`;
/** The same with fewer, so that a small directory outgrows it. */
export const narrowReader = `cn=narrow,${sampleSuffix}`;
export const narrowLimit = 60;
export const slapdAdmin = `cn=admin,${sampleSuffix}`;
export const slapdAdminPassword = "admin-secret";

/** As which it runs: not as root, and without a home. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

/** OpenLDAP's server with the entries of a tree, on free ports of loopback: one plain with StartTLS, one of LDAPS. */
export async function startSlapd(tree: DirectoryTree) {
  const folder = mkdtempSync(join(tmpdir(), "slapd-"));
  const { ca } = keepCertificates(folder);
  const [config, log] = [join(folder, "slapd.conf"), join(folder, "log")];
  writeFileSync(config, configOf(folder));
  writeFileSync(join(folder, "sample.schema"), schema);
  writeFileSync(join(folder, "entries.ldif"), ldifOf(tree));
  mkdirSync(join(folder, "db"));
  const as = isRoot ? { uid: nobody, gid: nobody } : {};
  if (isRoot)
    for (const path of [folder, ...readdirSync(folder).map((name) => join(folder, name))]) own(path);
  const load = ["-q", "-f", config, "-b", sampleSuffix, "-l", join(folder, "entries.ldif")];
  execFileSync("/usr/sbin/slapadd", load, { ...as, stdio: ["ignore", "ignore", "pipe"] });
  const [port, tlsPort] = [await freePort(), await freePort()];
  const url = `ldap://127.0.0.1:${port}/`;
  const listen = ["-f", config, "-h", `${url} ldaps://127.0.0.1:${tlsPort}/`, "-d", "0"];
  const output = openSync(log, "a");
  const server = spawn("/usr/sbin/slapd", listen, { ...as, stdio: ["ignore", output, output] });
  const admin = await started(server, {
    log,
    work: () => directoryAdmin({ url }, slapdAdmin, slapdAdminPassword),
  });
  return {
    port,
    tlsPort,
    ca,
    admin,
    stop: async () => {
      await admin.close();
      await ended(server);
      rmSync(folder, { recursive: true });
    },
  };
}

export type RunningSlapd = Awaited<ReturnType<typeof startSlapd>>;

function own(path: string): void {
  chmodSync(path, 0o700);
  chownSync(path, nobody, nobody);
}

/** What the sample directory has and OpenLDAP's own schemas have not. */
const schema = `attributetype ( 2.16.840.1.113730.3.1.610 NAME 'nsAccountLock' EQUALITY caseIgnoreMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
`;

const configOf = (folder: string) => `include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
include ${folder}/sample.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile ${folder}/slapd.pid
argsfile ${folder}/slapd.args
threads 4
TLSCACertificateFile ${folder}/ca.pem
TLSCertificateFile ${folder}/server.pem
TLSCertificateKeyFile ${folder}/server.key
database mdb
suffix ${sampleSuffix}
rootdn ${slapdAdmin}
rootpw ${slapdAdminPassword}
directory ${folder}/db
maxsize 268435456
envflags nosync
index objectClass,entryUUID,modifyTimestamp eq
index uid,mail eq,sub
limits dn.exact="${sampleReader}" size=unlimited time=unlimited
limits dn.exact="${narrowReader}" size=${narrowLimit}
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="${sampleReader}" read by dn.exact="${limitedReader}" read by dn.exact="${narrowReader}" read by * none
`;

/**
 * Entries as LDIF (RFC 2849), every value in base64; extensible, so that lists have addresses and people can be locked.
 * What is Latin-1 comes as UTF-8: OpenLDAP takes nothing else.
 */
function ldifOf(tree: DirectoryTree): string {
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  const entries = [...tree.entries.values()].filter(({ dn }) => dn !== "");
  return entries
    .map(({ dn, attributes }) => {
      const lines = [...attributes.values()].flatMap(({ name, values }) =>
        [...values, ...(name === "objectClass" ? ["extensibleObject"] : [])]
          .map((value) => (typeof value === "string" ? value : value.toString("latin1")))
          .map((value) => `${name}:: ${base64(value)}\n`),
      );
      return `dn:: ${base64(dn)}\n${lines.join("")}`;
    })
    .join("\n");
}
