import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keepCertificates } from "#bin/local/ldap/keep-certificates.ts";
import { type AdminValues, type DirectoryAdmin, directoryAdmin } from "./directory-admin.ts";
import { listening } from "./start-directory.ts";
import { ended, started } from "./started.ts";

const python = "/usr/bin/python3";
const unshare = "/usr/bin/unshare";

export const sambaSuffix = "DC=ad,DC=acme,DC=test";
export const sambaAdmin = `CN=Administrator,CN=Users,${sambaSuffix}`;
export const sambaAdminPassword = "Passw0rd!Administrator";
/** An ordinary account, as who syncs should sign in. */
export const sambaReader = `CN=reader,CN=Users,${sambaSuffix}`;
export const sambaReaderPassword = "Passw0rd!Reader";

/** Namespaces are for root; for others, in one of users too, in which they are root. */
const alone = process.getuid?.() === 0 ? ["-n"] : ["-Urn"];

/** What it needs and this machine does not have. */
export function missingOfSamba(): string[] {
  // Debian brings them apart from the server: samba-ad-dc, samba-ad-provision, samba-dsdb-modules.
  const parts = ["/usr/sbin/samba", "/usr/bin/samba-tool", "/usr/share/samba/setup", unshare, python];
  const missing = parts.filter((path) => !existsSync(path));
  if (globSync("/usr/lib/{*/,}samba/ldb/samba_dsdb.so").length === 0) missing.push("samba_dsdb.so");
  if (missing.length > 0) return missing;
  return spawnSync(unshare, [...alone, "ip", "link", "set", "lo", "up"]).status === 0
    ? []
    : ["the right to a network of its own"];
}

/** Samba as an Active Directory domain controller: provisioned anew, in its own network, on free ports of loopback. */
export async function startSamba() {
  const folder = mkdtempSync(join(tmpdir(), "samba-"));
  const { ca } = keepCertificates(folder);
  provision(folder);
  const log = join(folder, "log");
  const output = openSync(log, "a");
  const space = join(import.meta.dirname, "samba-namespace.ts");
  const server = spawn(unshare, [...alone, process.execPath, space, folder], {
    stdio: ["pipe", output, output],
  });
  const plain = await listening(bridge(join(folder, "389")));
  const tls = await listening(bridge(join(folder, "636")));
  const url = `ldaps://127.0.0.1:${tls.port}`;
  const work = () => directoryAdmin({ url, ca }, sambaAdmin, sambaAdminPassword);
  const admin = await started(server, { log, work });
  await admin.add(sambaReader, accountOf("reader", { unicodePwd: passwordOf(sambaReaderPassword) }));
  return {
    port: plain.port,
    tlsPort: tls.port,
    ca,
    admin,
    stop: async () => {
      await admin.close();
      await Promise.all([plain.stop(), tls.stop()]);
      await ended(server);
      rmSync(folder, { recursive: true });
    },
  };
}

export type RunningSamba = Awaited<ReturnType<typeof startSamba>>;

/** The attributes of an enabled account that needs no password. */
export const accountOf = (name: string, values: AdminValues = {}): AdminValues => ({
  objectClass: ["top", "person", "organizationalPerson", "user"],
  sAMAccountName: name,
  userAccountControl: "544",
  ...values,
});

export const addAccounts = async (admin: DirectoryAdmin, unit: string, names: string[]): Promise<void> => {
  for (const name of names)
    await admin.add(
      `CN=${name},${unit}`,
      accountOf(name, { givenName: name, sn: "Test", mail: `${name}@acme.test` }),
    );
};

/** As Active Directory takes a password: quoted, in UTF-16. */
const passwordOf = (password: string): Buffer => Buffer.from(`"${password}"`, "utf16le");

const bridge = (socket: string) =>
  createServer((near) => {
    const far = connect(socket);
    near.pipe(far).pipe(near);
    near.on("error", () => far.destroy());
    far.on("error", () => near.destroy());
  });

/** Without the access lists of its shared folders, which only root may set, and which nobody reads here. */
const withoutShares = `
import samba.provision
samba.provision.setsysvolacl = lambda *args, **more: None
from samba.netcmd.main import cmd_sambatool
import sys
sys.exit(cmd_sambatool()._run("samba-tool", *sys.argv[1:]))`;

function provision(folder: string): void {
  const wish = {
    targetdir: folder,
    realm: "AD.ACME.TEST",
    domain: "ACME",
    "server-role": "dc",
    "dns-backend": "NONE",
    adminpass: sambaAdminPassword,
    "host-name": "dc1",
    "host-ip": "127.0.0.1",
  };
  const options = Object.entries(wish).map(([name, value]) => `--${name}=${value}`);
  execFileSync(python, ["-c", withoutShares, "domain", "provision", ...options], { stdio: "pipe" });
  writeFileSync(join(folder, "etc", "smb.conf"), configOf(folder));
  for (const name of ["cache", "ncalrpc", "winbindd", "ntp_signd"])
    mkdirSync(join(folder, name), { mode: 0o750 });
}

const configOf = (folder: string) => `[global]
	netbios name = DC1
	realm = AD.ACME.TEST
	workgroup = ACME
	server role = active directory domain controller
	server services = ldap
	interfaces = lo
	bind interfaces only = yes
	private dir = ${folder}/private
	state directory = ${folder}/state
	cache directory = ${folder}/cache
	lock directory = ${folder}
	pid directory = ${folder}
	ncalrpc dir = ${folder}/ncalrpc
	binddns dir = ${folder}/bind-dns
	winbindd socket directory = ${folder}/winbindd
	ntp signd socket directory = ${folder}/ntp_signd
	log file = ${folder}/log.%m
	tls enabled = yes
	tls keyfile = ${folder}/server.key
	tls certfile = ${folder}/server.pem
	tls cafile = ${folder}/ca.pem
`;
