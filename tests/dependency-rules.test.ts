import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const { forbidden } = createRequire(import.meta.url)("../.dependency-cruiser.cjs") as {
  forbidden: { name: string }[];
};

/** Each planted file breaks one rule and no other. */
const planted: { file: string; code: string; breaks: string }[] = [
  { file: "lib/db/circle.ts", code: 'export * from "./round.ts";', breaks: "no-cycles" },
  { file: "lib/users/web.ts", code: 'import "#app/page.ts";', breaks: "lib-knows-no-process" },
  { file: "lib/users/next.ts", code: 'import "next/headers";', breaks: "lib-knows-no-process" },
  { file: "worker/test.ts", code: 'import "#tests/tool.ts";', breaks: "product-knows-no-tests" },
  { file: "app/work.ts", code: 'import "#worker/main.ts";', breaks: "app-and-worker-are-strangers" },
  { file: "app/deep.ts", code: 'import "#lib/users/inner/private.ts";', breaks: "subfolders-are-private" },
  {
    file: "lib/runs/deep.ts",
    code: 'import "#lib/users/inner/private.ts";',
    breaks: "private-to-their-domain",
  },
  { file: "app/query.ts", code: 'import type { A } from "#lib/db/connect.ts";', breaks: "only-lib-queries" },
  { file: "app/orm.ts", code: 'import "drizzle-orm";', breaks: "only-lib-queries" },
  { file: "app/run.ts", code: 'import "#lib/imports/run-import.ts";', breaks: "run-is-for-the-worker" },
  { file: "app/lost.ts", code: 'import "./nowhere.ts";', breaks: "nothing-unresolved" },
  {
    file: "lib/env/up.ts",
    code: 'import "#lib/jobs/queues.ts";',
    breaks: "order-of-lib-env-db-result-secrets-csv-network",
  },
  {
    file: "lib/jobs/up.ts",
    code: 'import "#lib/mail/send.ts";',
    breaks: "order-of-lib-authorization-jobs-audit",
  },
  {
    file: "lib/mail/up.ts",
    code: 'import type { A } from "#lib/users/list.ts";',
    breaks: "order-of-lib-mail",
  },
  {
    file: "lib/users/up.ts",
    code: 'import "#lib/runs/cancel.ts";',
    breaks: "order-of-lib-accounts-roles-users-seats-sign-in",
  },
  {
    file: "lib/invitations/up.ts",
    code: 'import "#lib/runs/cancel.ts";',
    breaks: "order-of-lib-invitations",
  },
  { file: "lib/runs/up.ts", code: 'import "#lib/imports/parse.ts";', breaks: "order-of-lib-runs" },
  { file: "lib/uploads/up.ts", code: 'import "#lib/imports/parse.ts";', breaks: "order-of-lib-uploads" },
  { file: "lib/runs/boss.ts", code: 'import "pg-boss";', breaks: "one-door-pg-boss" },
  { file: "lib/users/ldap.ts", code: 'import "ldapts";', breaks: "one-door-ldapts" },
  { file: "lib/runs/papa.ts", code: 'import "papaparse";', breaks: "one-door-papaparse" },
  { file: "worker/resend.ts", code: 'import "resend";', breaks: "one-door-resend" },
  { file: "worker/smtp.ts", code: 'import "nodemailer";', breaks: "one-door-nodemailer" },
  { file: "app/mail.ts", code: 'import "@react-email/render";', breaks: "one-door-react-email" },
  { file: "app/import/page.ts", code: 'import "busboy";', breaks: "one-door-busboy" },
  { file: "app/session.ts", code: 'import "next-auth";', breaks: "one-door-next-auth" },
  { file: "lib/users/sql.ts", code: 'import "postgres";', breaks: "one-door-postgres" },
  {
    file: "lib/users/limit.ts",
    code: 'import "rate-limiter-flexible";',
    breaks: "one-door-rate-limiter-flexible",
  },
];

const innocent: Record<string, string> = {
  "lib/db/round.ts": 'export * from "./circle.ts";',
  "lib/db/connect.ts": 'import "postgres"; export type A = 1;',
  "lib/jobs/queues.ts": 'import "pg-boss"; import "#lib/db/connect.ts";',
  "lib/mail/send.ts": 'import "resend"; import "nodemailer"; import "@react-email/render";',
  "lib/users/list.ts": 'import "./inner/private.ts"; export type A = 1;',
  "lib/users/inner/private.ts": 'import "#lib/db/connect.ts";',
  "lib/runs/cancel.ts": 'import "#lib/users/list.ts";',
  "lib/imports/run-import.ts": 'import "#lib/runs/cancel.ts";',
  "lib/imports/parse.ts": 'import "papaparse";',
  "app/page.ts": 'import "#lib/runs/cancel.ts"; import "next/headers";',
  "app/imports/upload/route.ts": 'import "busboy";',
  "app/_web/auth.ts": 'import "next-auth";',
  "worker/main.ts": 'import "#lib/db/connect.ts"; import "#lib/imports/run-import.ts";',
  "tests/tool.ts": 'import "postgres"; import "#lib/users/inner/private.ts";',
};

let tree: string;
const found: { rule: { name: string }; from: string }[] = [];

beforeAll(() => {
  mkdirSync(join(root, ".build"), { recursive: true });
  tree = mkdtempSync(join(root, ".build", "planted-"));
  writeFileSync(join(tree, "package.json"), JSON.stringify({ type: "module", imports: { "#*": "./*" } }));
  for (const name of [".dependency-cruiser.cjs", "tsconfig.json"])
    copyFileSync(join(root, name), join(tree, name));
  symlinkSync(join(root, "node_modules"), join(tree, "node_modules"));
  const files = { ...innocent, ...Object.fromEntries(planted.map(({ file, code }) => [file, code])) };
  for (const [file, code] of Object.entries(files)) {
    mkdirSync(join(tree, dirname(file)), { recursive: true });
    writeFileSync(join(tree, file), code);
  }
  const args = [
    "--config",
    ".dependency-cruiser.cjs",
    "--output-type",
    "json",
    "app",
    "lib",
    "worker",
    "tests",
  ];
  found.push(...JSON.parse(cruise(args)).summary.violations);
});

afterAll(() => rmSync(tree, { recursive: true, force: true }));

/** The JSON reporter ends with 0 whatever it finds. */
function cruise(args: string[]): string {
  const program = join(root, "node_modules", ".bin", "depcruise");
  return execFileSync(process.execPath, [program, ...args], {
    cwd: tree,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
}

test.each(planted)("$breaks is broken by $file", ({ file, breaks }) => {
  expect(found.filter(({ from }) => from === file).map(({ rule }) => rule.name)).toEqual([breaks]);
});

test("nothing is said of files that keep the rules", () => {
  const others = Object.keys(innocent).filter((file) => file !== "lib/db/round.ts");
  expect(found.filter(({ from }) => others.includes(from))).toEqual([]);
});

test("every rule has a planted violation", () => {
  const broken = new Set(planted.map(({ breaks }) => breaks));
  expect(forbidden.map(({ name }) => name).filter((name) => !broken.has(name))).toEqual([]);
});
