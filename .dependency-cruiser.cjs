// Who may import whom. Every rule is an error; each is proved by a planted violation in tests/dependency-rules.test.ts.

/** Folders of lib from the ground up: one may import what stands in its own line or above it. */
const layers = [
  ["env", "db", "result", "secrets", "csv", "network"],
  ["authorization", "jobs", "audit"],
  ["mail"],
  ["accounts", "roles", "users", "seats", "sign-in"],
  ["invitations"],
  ["runs"],
  ["uploads"],
  ["imports", "bulk-invites", "bulk-changes", "exports", "directory", "groups", "contacts", "overview"],
];

const layerRules = layers.slice(0, -1).map((names, index) => ({
  name: `order-of-lib-${names.join("-")}`,
  from: { path: `^lib/(${names.join("|")})/` },
  to: {
    path: `^lib/(${layers
      .slice(index + 1)
      .flat()
      .join("|")})/`,
  },
}));

/** A vendor's package is imported in one place, so that it can be replaced or its traps be known in one place. */
const doors = {
  "pg-boss": ["^lib/jobs/"],
  ldapts: ["^lib/directory/"],
  papaparse: ["^lib/(imports|exports)/"],
  resend: ["^lib/mail/"],
  nodemailer: ["^lib/mail/"],
  "@react-email": ["^lib/mail/"],
  busboy: ["^app/_web/", "^app/.*/upload[^/]*/route\\.ts$"],
  "next-auth": ["^app/_web/", "^app/api/auth/"],
  "rate-limiter-flexible": ["^lib/sign-in/"],
  postgres: ["^lib/db/", "^bin/local/"],
};

const doorRules = Object.entries(doors).map(([vendor, places]) => ({
  name: `one-door-${vendor.replace("@", "")}`,
  from: { pathNot: [...places, "^tests/"] },
  to: { path: `node_modules/${vendor}/` },
}));

const rules = [
  { name: "no-cycles", from: {}, to: { circular: true } },
  {
    name: "lib-knows-no-process",
    from: { path: "^lib/" },
    to: { path: ["^(app|worker|bin)/", "node_modules/(next|next-auth|react-dom|server-only)/"] },
  },
  { name: "product-knows-no-tests", from: { pathNot: "^tests/" }, to: { path: "^tests/" } },
  {
    name: "app-and-worker-are-strangers",
    from: { path: "^(app|worker)/" },
    to: { path: "^(app|worker)/", pathNot: "^$1/" },
  },
  {
    name: "subfolders-are-private",
    from: { pathNot: ["^lib/([^/]+)/", "^tests/"] },
    to: { path: "^lib/[^/]+/[^/]+/" },
  },
  {
    name: "private-to-their-domain",
    from: { path: "^lib/([^/]+)/" },
    to: { path: "^lib/[^/]+/[^/]+/", pathNot: "^lib/$1/" },
  },
  {
    name: "only-lib-queries",
    // The start of each process opens the pool, and does nothing else with it.
    from: { path: "^(app|worker)/", pathNot: ["^worker/main\\.ts$", "^app/_web/start-web\\.ts$"] },
    to: { path: ["^drizzle/", "^lib/db/", "node_modules/(drizzle-orm|postgres)/"] },
  },
  { name: "run-is-for-the-worker", from: { path: "^app/" }, to: { path: "^lib/[^/]+/run-(?!view[.]ts$)" } },
  { name: "nothing-unresolved", from: {}, to: { couldNotResolve: true } },
  ...layerRules,
  ...doorRules,
];

module.exports = {
  forbidden: rules.map((rule) => ({ severity: "error", ...rule })),
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|\\.build|\\.data)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".cjs", ".json", ".d.ts"],
    },
  },
};
