import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { benchPassword, benchReader, benchSuffix } from "./bench-slapd.ts";

/** Attributes that the product asks for. */
export const readAttributes = [
  "entryUUID",
  "mail",
  "givenName",
  "sn",
  "employeeNumber",
  "telephoneNumber",
  "title",
  "departmentNumber",
  "l",
  "modifyTimestamp",
];

/** Milliseconds in which OpenLDAP's own client, in C, reads all people page by page, to nowhere. */
export async function readByLdapsearch(url: string): Promise<number> {
  const started = performance.now();
  const child = spawn(
    "/usr/bin/ldapsearch",
    [
      "-x",
      "-LLL",
      "-H",
      url,
      "-D",
      benchReader,
      "-w",
      benchPassword,
      "-E",
      "pr=1000/noprompt",
      "-b",
      benchSuffix,
      "(objectClass=person)",
      ...readAttributes,
    ],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`ldapsearch ended with ${code}`);
  return performance.now() - started;
}

const columns = "external_id, dn, mail, given, sn, number, phone, title, department, city, hash";

/** The same people as lines for COPY. */
export async function writeRows(path: string, people: number, domain: string): Promise<void> {
  const file = createWriteStream(path);
  for (let nth = 1; nth <= people; nth += 1) {
    const cells = [
      `${String(nth).padStart(8, "0")}-0000-4000-8000-000000000000`,
      `uid=p${nth},ou=U${nth % 50},ou=Staff,${benchSuffix}`,
      `first${nth}.last${nth}@${domain}`,
      `First${nth}`,
      `Last${nth}`,
      `E${nth}`,
      `+1 555 ${nth}`,
      "Engineer",
      String(nth % 40),
      `City ${nth % 100}`,
      String(nth).padStart(32, "0"),
    ];
    if (!file.write(`${cells.join("\t")}\n`)) await once(file, "drain");
  }
  file.end();
  await once(file, "finish");
}

export type FloorTimes = { read: number; first: number; same: number; steps: Record<string, number> };

/** What the directory's own client and Postgres alone take: reading, COPY, and one statement that merges or finds nothing. */
export async function floorRound(superUrl: string, url: string, rows: string): Promise<FloorTimes> {
  const client = new Client({ connectionString: superUrl });
  await client.connect();
  const steps: Record<string, number> = {};
  const step = async (name: string, work: () => Promise<unknown>) => {
    const started = performance.now();
    await work();
    steps[name] = performance.now() - started;
  };
  const copy = () =>
    pipeline(createReadStream(rows), client.query(copyFrom(`copy floor_staging (${columns}) from stdin`)));
  try {
    await client.query(`drop table if exists floor_staging, floor_users;
      create unlogged table floor_staging (external_id uuid not null, dn text, mail text, given text, sn text, number text, phone text, title text, department text, city text, hash text);
      create table floor_users (id bigint generated always as identity primary key, external_id uuid not null unique, dn text, mail text, given text, sn text, number text, phone text, title text, department text, city text, hash text, active boolean not null default true, updated_at timestamptz not null default now());
      create index on floor_users (lower(mail)); create index on floor_users (lower(sn)); create index on floor_users (lower(given));`);
    await step("read", () => readByLdapsearch(url));
    await step("copy", copy);
    await step("merge", () => client.query(merge("")));
    await client.query("vacuum analyze floor_users");
    await client.query("truncate floor_staging");
    await step("copy again", copy);
    await step("analyze", () => client.query("analyze floor_staging"));
    await step("compare", () =>
      client.query(
        merge(
          "left join floor_users x using (external_id) where x.id is null or x.hash is distinct from s.hash",
        ),
      ),
    );
    await step("missing", () =>
      client.query(
        "select count(*) from floor_users u where active and not exists (select from floor_staging s where s.external_id = u.external_id)",
      ),
    );
    const of = (...names: string[]) => names.reduce((sum, name) => sum + (steps[name] ?? 0), 0);
    return {
      read: of("read"),
      first: of("read", "copy", "merge"),
      same: of("read", "copy again", "analyze", "compare", "missing"),
      steps,
    };
  } finally {
    await client.query("drop table if exists floor_staging, floor_users").catch(() => {});
    await client.end();
  }
}

const updates = columns
  .split(", ")
  .slice(1)
  .map((name) => `${name} = excluded.${name}`)
  .join(", ");
const merge = (narrowed: string) => `insert into floor_users as u (${columns})
  select ${columns
    .split(", ")
    .map((name) => `s.${name}`)
    .join(", ")} from floor_staging s ${narrowed}
  on conflict (external_id) do update set ${updates}, updated_at = now() where u.hash is distinct from excluded.hash`;

/** Changes the title of so many people in the directory, as its administrator. */
export function changeTitles(url: string, dns: string[]): void {
  const input = dns
    .map((dn) => `dn: ${dn}\nchangetype: modify\nreplace: title\ntitle: Changed ${Date.now()}\n`)
    .join("\n");
  execFileSync(
    "/usr/bin/ldapmodify",
    ["-x", "-H", url, "-D", `cn=admin,${benchSuffix}`, "-w", "admin-secret"],
    { input, stdio: ["pipe", "ignore", "inherit"] },
  );
}
