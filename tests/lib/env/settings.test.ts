import { describe, expect, test } from "vitest";
import { type ProcessName, readSettings, SettingsError } from "#lib/env/settings.ts";

const bytes32 = Buffer.alloc(32, 7).toString("base64");

const complete: Record<string, string> = {
  ROLLCALL_BASE_URL: "https://rollcall.example",
  NEXTAUTH_URL: "https://rollcall.example",
  NEXTAUTH_SECRET: "x".repeat(32),
  ROLLCALL_SECRET_KEYS: `k1:${bytes32}`,
  ROLLCALL_TOKEN_KEY: bytes32,
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: bytes32,
  DATABASE_URL: "postgres://app:a@db.example/rollcall",
  WORKER_DATABASE_URL: "postgres://worker:w@db.example/rollcall",
  DATABASE_OWNER_URL: "postgres://owner:o@db.example/rollcall",
  MAIL_TRANSPORT: "resend",
  MAIL_FROM: "Rollcall <noreply@rollcall.example>",
  RESEND_API_KEY: "re_12345678",
  RESEND_WEBHOOK_SECRET: `whsec_${bytes32}`,
};

const needed: Record<ProcessName, string[]> = {
  web: [
    "ROLLCALL_BASE_URL",
    "ROLLCALL_SECRET_KEYS",
    "ROLLCALL_TOKEN_KEY",
    "MAIL_TRANSPORT",
    "DATABASE_URL",
    "NEXTAUTH_URL",
    "NEXTAUTH_SECRET",
    "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY",
  ],
  worker: [
    "ROLLCALL_BASE_URL",
    "ROLLCALL_SECRET_KEYS",
    "ROLLCALL_TOKEN_KEY",
    "MAIL_TRANSPORT",
    "WORKER_DATABASE_URL",
  ],
  migrate: ["DATABASE_OWNER_URL", "DATABASE_URL", "WORKER_DATABASE_URL"],
  operator: ["DATABASE_OWNER_URL", "ROLLCALL_BASE_URL", "ROLLCALL_SECRET_KEYS", "ROLLCALL_TOKEN_KEY"],
};

const processes = Object.keys(needed) as ProcessName[];

function faultsOf(process: ProcessName, changes: Record<string, string | undefined>): string[] {
  try {
    readSettings(process, { ...complete, ...changes });
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    expect(error.message.split("\n").slice(1)).toEqual(error.faults.map((fault) => `  - ${fault}`));
    return error.faults;
  }
}

describe.each(processes)("%s", (process) => {
  test("starts with every setting given", () => {
    expect(faultsOf(process, {})).toEqual([]);
  });

  test("names all that is missing at once", () => {
    try {
      readSettings(process, {});
      expect.unreachable();
    } catch (error) {
      expect((error as SettingsError).faults.toSorted()).toEqual(
        needed[process].map((name) => `${name} is not set`).toSorted(),
      );
    }
  });

  test.each(needed[process])("names %s when it is empty", (name) => {
    expect(faultsOf(process, { [name]: "" })).toContain(`${name} is not set`);
  });
});

describe("a weak or malformed setting is named with what it should be", () => {
  test.each<[ProcessName, string, string, string]>([
    ["web", "ROLLCALL_BASE_URL", "rollcall.example", "must be a URL that begins with http:// or https://"],
    ["web", "ROLLCALL_BASE_URL", "ftp://rollcall.example", "must be a URL"],
    ["web", "ROLLCALL_BASE_URL", "https://rollcall.example/console", "must have no path"],
    ["web", "ROLLCALL_BASE_URL", "https://rollcall.example?x=1", "must have no path"],
    ["web", "NEXTAUTH_SECRET", "x".repeat(31), "at least 32 characters"],
    ["web", "DATABASE_URL", "mysql://app@db/rollcall", "must be a URL that begins with postgres://"],
    ["web", "ROLLCALL_TOKEN_KEY", Buffer.alloc(31).toString("base64"), "at least 32 random bytes"],
    ["web", "ROLLCALL_TOKEN_KEY", "not base64 at all, but of some length", "at least 32 random bytes"],
    ["web", "ROLLCALL_SECRET_KEYS", bytes32, 'must be "id:key"'],
    ["web", "ROLLCALL_SECRET_KEYS", `k1:${Buffer.alloc(16).toString("base64")}`, 'must be "id:key"'],
    ["web", "ROLLCALL_SECRET_KEYS", `k1:${bytes32},`, 'must be "id:key"'],
    ["web", "ROLLCALL_SECRET_KEYS", `k1:${bytes32},k1:${bytes32}`, "must not name a key twice"],
    ["web", "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY", "short", "must be 32 random bytes"],
    ["web", "LOG_LEVEL", "loud", ""],
    ["web", "MAIL_TRANSPORT", "pigeon", ""],
    ["web", "ROLLCALL_MODE", "staging", ""],
    ["worker", "WORKER_DATABASE_URL", "localhost:5432", "must be a URL that begins with postgres://"],
    ["worker", "RESEND_API_KEY", "short", "must be the key"],
    ["web", "RESEND_WEBHOOK_SECRET", "whsec_c2hvcnQ=", "must be the signing secret"],
    ["web", "RESEND_WEBHOOK_SECRET", bytes32, "must be the signing secret"],
    ["worker", "ROLLCALL_DAILY_MAILS", "0", "must be mails from 1"],
    ["worker", "MAIL_FROM", "Rollcall", "must be an address"],
    ["worker", "RESEND_BASE_URL", "nowhere", "must be a URL"],
    ["worker", "RESEND_RATE", "-1", ""],
    ["migrate", "DATABASE_OWNER_URL", "https://db", "must be a URL that begins with postgres://"],
  ])("%s: %s = %s", (process, name, value, sentence) => {
    expect(faultsOf(process, { [name]: value }).filter((fault) => fault.startsWith(name))).toEqual([
      expect.stringContaining(sentence),
    ]);
  });

  test("no fault repeats the value, which may be a secret", () => {
    const secret = "hunter2-hunter2";
    const all = Object.fromEntries(Object.keys(complete).map((name) => [name, secret]));
    for (const process of processes) {
      const faults = faultsOf(process, all);
      expect(faults.length).toBeGreaterThan(0);
      expect(faults.join("\n")).not.toContain(secret);
    }
  });
});

describe("production", () => {
  test("is what it is when nothing else is said", () => {
    expect(readSettings("web", complete).ROLLCALL_MODE).toBe("production");
  });

  test.each(["web", "worker"] as const)("refuses to keep mails in the local mailbox (%s)", (process) => {
    expect(faultsOf(process, { MAIL_TRANSPORT: "local" })).toEqual([
      expect.stringMatching(/^MAIL_TRANSPORT .*resend or smtp/),
    ]);
  });

  test.each(["http://rollcall.example", "http://localhost.example", "http://127.0.0.1.example"])(
    "refuses links that go over the open net: %s",
    (base) => {
      expect(faultsOf("web", { ROLLCALL_BASE_URL: base, NEXTAUTH_URL: base })).toEqual([
        "ROLLCALL_BASE_URL must begin with https://",
      ]);
    },
  );

  test("lets one try it on the own machine", () => {
    const base = "http://127.0.0.1:3000";
    expect(faultsOf("web", { ROLLCALL_BASE_URL: base, NEXTAUTH_URL: base })).toEqual([]);
  });

  test("refuses two addresses of one web server", () => {
    expect(faultsOf("web", { NEXTAUTH_URL: "https://other.example" })).toEqual([
      "NEXTAUTH_URL must be the same as ROLLCALL_BASE_URL",
    ]);
  });

  test.each([
    ["resend", ["RESEND_API_KEY", "MAIL_FROM"]],
    ["smtp", ["SMTP_URL", "MAIL_FROM"]],
  ])("the worker names what the transport %s lacks", (transport, names) => {
    const without = { MAIL_TRANSPORT: transport, RESEND_API_KEY: "", SMTP_URL: "", MAIL_FROM: "" };
    expect(faultsOf("worker", without).toSorted()).toEqual(
      names.map((name) => `${name} is not set`).toSorted(),
    );
  });

  test("the web learns from Resend what became of the mails, so it needs the webhook's secret; from no other", () => {
    const without = { RESEND_WEBHOOK_SECRET: "" };
    expect(faultsOf("web", without)).toEqual(["RESEND_WEBHOOK_SECRET is not set"]);
    expect(faultsOf("web", { ...without, MAIL_TRANSPORT: "smtp" })).toEqual([]);
    expect(faultsOf("worker", without)).toEqual([]);
  });

  test("names a wrong setting and a missing one together", () => {
    expect(
      faultsOf("web", { NEXTAUTH_SECRET: "short", DATABASE_URL: "", MAIL_TRANSPORT: "local" }),
    ).toHaveLength(3);
  });
});

test("the fire drill is for local mode alone", () => {
  const drill = { ROLLCALL_DRILL_URL: "http://127.0.0.1:3010", ROLLCALL_DRILL_TOKEN: "x" };
  expect(faultsOf("web", drill)).toEqual(["ROLLCALL_DRILL_URL is for local mode; take it away"]);
  expect(faultsOf("web", { ...drill, ROLLCALL_MODE: "local" })).toEqual([]);
});

test("local mode takes the local mailbox and plain http", () => {
  const local = {
    ROLLCALL_MODE: "local",
    ROLLCALL_BASE_URL: "http://127.0.0.1:3000",
    MAIL_TRANSPORT: "local",
  };
  expect(faultsOf("worker", local)).toEqual([]);
  expect(faultsOf("web", { ...local, NEXTAUTH_URL: local.ROLLCALL_BASE_URL })).toEqual([]);
});

test("defaults", () => {
  expect(readSettings("worker", complete)).toMatchObject({ LOG_LEVEL: "info", RESEND_RATE: 5 });
});
