import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { chownSync, createWriteStream, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "#bin/local/free-port.ts";
import type { ConnectionSettings } from "#lib/directory/settings.ts";
import { connectionTo } from "#tests/support/ldap/connection-to.ts";

export const benchSuffix = "dc=bench,dc=test";
export const benchReader = `cn=reader,${benchSuffix}`;
export const benchPassword = "reader-secret";

/** How the product is connected with it. */
export const benchConnection = (port: number): ConnectionSettings => ({
  ...connectionTo(port),
  baseDn: benchSuffix,
  bindDn: benchReader,
});

/** As which slapd runs: not as root, and without a home. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

/** OpenLDAP's server with so many people in 50 units, each with 10 attributes, on a free port of loopback. */
export async function startBenchSlapd(people: number, domain: string) {
  const folder = join(import.meta.dirname, "../../../.build/bench", `slapd-${process.pid}-${people}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "db"), { recursive: true });
  const config = join(folder, "slapd.conf");
  writeFileSync(config, configOf(folder));
  const ldif = join(folder, "people.ldif");
  await writeLdif(ldif, people, domain);
  if (isRoot) for (const path of [folder, join(folder, "db")]) chownSync(path, nobody, nobody);
  const as = isRoot ? { uid: nobody, gid: nobody } : {};
  execFileSync("/usr/sbin/slapadd", ["-q", "-w", "-f", config, "-b", benchSuffix, "-l", ldif], as);
  const port = await freePort();
  const url = `ldap://127.0.0.1:${port}/`;
  const server = spawn("/usr/sbin/slapd", ["-f", config, "-h", url, "-d", "0"], { stdio: "ignore", ...as });
  while (!answers(url)) {
    if (server.exitCode !== null) throw new Error("slapd ended");
    await sleep(20);
  }
  return {
    url,
    port,
    stop: async () => {
      const ended = once(server, "exit");
      server.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const hasSlapd = (): boolean => existsSync("/usr/sbin/slapd") && existsSync("/usr/bin/ldapsearch");

function answers(url: string): boolean {
  try {
    execFileSync("/usr/bin/ldapsearch", ["-x", "-LLL", "-H", url, "-s", "base", "-b", "", "1.1"], {
      stdio: "ignore",
    });
    return true;
  } catch {
    return false;
  }
}

const configOf = (folder: string) => `include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile ${folder}/slapd.pid
argsfile ${folder}/slapd.args
threads 4
tool-threads 2
database mdb
suffix ${benchSuffix}
rootdn cn=admin,${benchSuffix}
rootpw admin-secret
directory ${folder}/db
maxsize 17179869184
envflags writemap nometasync nosync
index objectClass,entryUUID,entryCSN,modifyTimestamp eq
index uid,mail eq
limits dn.exact="${benchReader}" size=unlimited time=unlimited
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="${benchReader}" read by * none
`;

const uuidOf = (name: string): string => {
  const hex = createHash("sha1").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** The name of the nth person. */
export const personDn = (nth: number): string => `uid=p${nth},ou=U${nth % 50},ou=Staff,${benchSuffix}`;

async function writeLdif(path: string, people: number, domain: string): Promise<void> {
  const file = createWriteStream(path);
  const stamp = "20260101000000Z";
  const entry = (dn: string, lines: string[]) =>
    `dn: ${dn}\n${lines.join("\n")}\nentryUUID: ${uuidOf(dn)}\nmodifyTimestamp: ${stamp}\ncreateTimestamp: ${stamp}\n\n`;
  file.write(
    entry(benchSuffix, ["objectClass: dcObject", "objectClass: organization", "dc: bench", "o: Bench"]),
  );
  file.write(
    entry(benchReader, [
      "objectClass: organizationalRole",
      "objectClass: simpleSecurityObject",
      "cn: reader",
      `userPassword: ${benchPassword}`,
    ]),
  );
  file.write(entry(`ou=Staff,${benchSuffix}`, ["objectClass: organizationalUnit", "ou: Staff"]));
  for (let unit = 0; unit < 50; unit += 1)
    file.write(
      entry(`ou=U${unit},ou=Staff,${benchSuffix}`, ["objectClass: organizationalUnit", `ou: U${unit}`]),
    );
  for (let nth = 1; nth <= people; nth += 1)
    if (!file.write(entry(personDn(nth), personLines(nth, domain)))) await once(file, "drain");
  file.end();
  await once(file, "finish");
}

const personLines = (nth: number, domain: string): string[] => [
  "objectClass: inetOrgPerson",
  `uid: p${nth}`,
  `cn: First${nth} Last${nth}`,
  `givenName: First${nth}`,
  `sn: Last${nth}`,
  `mail: first${nth}.last${nth}@${domain}`,
  `title: ${["Engineer", "Analyst", "Manager"][nth % 3]}`,
  `departmentNumber: ${nth % 40}`,
  `telephoneNumber: +1 555 ${nth}`,
  `l: City ${nth % 100}`,
  `employeeNumber: E${nth}`,
];
