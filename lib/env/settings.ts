import { isIP } from "node:net";
import { z } from "zod";
import { isNetworkList } from "#lib/network/network-list.ts";

const url = (protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}`,
  });

/** Links are made by putting a path behind it. */
const origin = url(["http:", "https:"])
  .refine((text) => !URL.canParse(text) || isOrigin(new URL(text)), {
    message: "must have no path, query or user behind or before the host",
  })
  .transform((text) => text.replace(/\/$/, ""));

const isOrigin = ({ pathname, search, hash, username }: URL) =>
  pathname === "/" && search + hash + username === "";

const base64Bytes = (least: number) =>
  z.string().refine((text) => Buffer.from(text, "base64").length >= least, {
    message: `must be at least ${least} random bytes in base64 (openssl rand -base64 ${least})`,
  });

/** The same at build and at run, or forms opened before a new build fail. */
const actionsKey = z.string().refine((text) => Buffer.from(text, "base64").length === 32, {
  message: "must be 32 random bytes in base64 (openssl rand -base64 32), the same as at build",
});

const postgresUrl = url(["postgres:", "postgresql:"]);

const secretKeys = z
  .string()
  .refine(
    (text) =>
      text.split(",").every((part) => {
        const [keyId, key] = part.split(":");
        return /^[a-z0-9_-]{1,16}$/i.test(keyId ?? "") && Buffer.from(key ?? "", "base64").length === 32;
      }),
    {
      message:
        'must be "id:key" with a key of 32 random bytes in base64; older keys follow, separated by commas',
    },
  )
  .refine((text) => new Set(keyIds(text)).size === keyIds(text).length, {
    message: "must not name a key twice",
  });

const keyIds = (text: string) => text.split(",").map((part) => part.split(":")[0]);

const wholeNumber = (unit: string, least: number, most: number) => {
  const message = `must be ${unit} from ${least} to ${most}`;
  return z.coerce.number(message).int(message).min(least, message).max(most, message);
};

/** Addresses and networks in CIDR notation, separated by commas. */
const networks = z
  .string()
  .default("")
  .refine(isNetworkList, { message: "must be networks like 10.1.0.0/16, separated by commas" });

/** Addresses of name servers, each with a port or without. */
const nameServers = z
  .string()
  .default("")
  .transform((text) => text.split(",").flatMap((part) => part.trim() || []))
  .refine((servers) => servers.every(isNameServer), {
    message: "must be addresses like 10.0.0.53 or 127.0.0.1:5353, separated by commas",
  });

const isNameServer = (text: string) =>
  isIP(text.replace(/^\[?(.*?)\]?(:\d{1,5})?$/, "$1")) > 0 || isIP(text) > 0;

const shared = {
  ROLLCALL_MODE: z.enum(["local", "production"]).default("production"),
  ROLLCALL_BASE_URL: origin,
  ROLLCALL_SECRET_KEYS: secretKeys,
  ROLLCALL_TOKEN_KEY: base64Bytes(32),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  MAIL_TRANSPORT: z.enum(["local", "resend", "smtp"]),
  /** What admins may name hosts in besides the open internet: the organisation's own network, where this runs in it. */
  ROLLCALL_ALLOW_NETWORKS: networks,
  /** The share of an account's people that a file may remove without approval. */
  ROLLCALL_REMOVAL_PERCENT: z.coerce.number().int().min(0).max(100, "must be a percentage").default(5),
  /** Mails a day of an account that has no cap of its own. */
  ROLLCALL_DAILY_MAILS: wholeNumber("mails", 1, 100_000_000).default(20_000),
  /** Hours after a completed manual sync of a directory before the next may be asked for; 0: no hold. */
  ROLLCALL_SYNC_HOLD_HOURS: z.coerce
    .number("must be hours")
    .min(0, "must be hours from 0 to 8760")
    .max(8_760, "must be hours from 0 to 8760")
    .default(24),
  ROLLCALL_KEEP_RUNS_MONTHS: wholeNumber("months", 1, 120).default(24),
};

const web = z.object({
  ...shared,
  DATABASE_URL: postgresUrl,
  NEXTAUTH_URL: origin,
  NEXTAUTH_SECRET: z.string().min(32, "must be at least 32 characters (openssl rand -base64 32)"),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: actionsKey,
  /** Of Resend's webhook, by which it tells what became of the mails. */
  RESEND_WEBHOOK_SECRET: z
    .string()
    .refine((text) => /^whsec_/.test(text) && Buffer.from(text.slice(6), "base64").length >= 16, {
      message: "must be the signing secret of the webhook at Resend; it begins with whsec_",
    })
    .optional(),
  /** Asked for the records that prove domains; none: the system's name servers. */
  ROLLCALL_DNS_SERVERS: nameServers,
  /** The door of the sample directory, by which it plays accidents; set by local mode alone. */
  ROLLCALL_DRILL_URL: url(["http:"]).optional(),
  ROLLCALL_DRILL_TOKEN: z.string().optional(),
  /** Reverse proxies in front of this; only they are believed when they say whom a request comes from. */
  ROLLCALL_TRUSTED_PROXIES: networks,
});

const worker = z.object({
  ...shared,
  WORKER_DATABASE_URL: postgresUrl,
  MAIL_FROM: z
    .string()
    .regex(/@[a-z0-9.-]+>?$/i, 'must be an address, or "Name <address>"')
    .optional(),
  RESEND_API_KEY: z.string().min(8, "must be the key of the Resend account").optional(),
  RESEND_BASE_URL: url(["http:", "https:"]).optional(),
  RESEND_RATE: z.coerce.number().positive("must be requests a second").default(5),
  SMTP_URL: url(["smtp:", "smtps:"]).optional(),
});

const migrate = z.object({
  DATABASE_OWNER_URL: postgresUrl,
  DATABASE_URL: postgresUrl,
  WORKER_DATABASE_URL: postgresUrl,
});

const operator = z.object({
  DATABASE_OWNER_URL: postgresUrl,
  ROLLCALL_BASE_URL: shared.ROLLCALL_BASE_URL,
  ROLLCALL_SECRET_KEYS: secretKeys,
  ROLLCALL_TOKEN_KEY: shared.ROLLCALL_TOKEN_KEY,
});

const processes = { web, worker, migrate, operator };
export type ProcessName = keyof typeof processes;
export type Settings<P extends ProcessName> = z.infer<(typeof processes)[P]>;

export class SettingsError extends Error {
  readonly faults: string[];
  constructor(faults: string[]) {
    super(`Rollcall cannot start:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
    this.faults = faults;
  }
}

type Environment = Record<string, string | undefined>;

/** Reads the settings of one process. Throws SettingsError naming every missing or weak one. */
export function readSettings<P extends ProcessName>(process: P, environment: Environment): Settings<P> {
  const filled = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const read = processes[process].safeParse(filled);
  const faults = read.success
    ? []
    : read.error.issues.map((issue) => {
        const name = String(issue.path[0]);
        return filled[name] === undefined ? `${name} is not set` : `${name} ${issue.message}`;
      });
  faults.push(...productionFaults(process, filled));
  if (!read.success || faults.length > 0) throw new SettingsError(faults);
  return read.data as Settings<P>;
}

const mailSettings = { resend: ["RESEND_API_KEY", "MAIL_FROM"], smtp: ["SMTP_URL", "MAIL_FROM"] };

function productionFaults(process: ProcessName, environment: Environment): string[] {
  if (process !== "web" && process !== "worker") return [];
  const faults: string[] = [];
  const transport = environment.MAIL_TRANSPORT;
  if (process === "worker" && (transport === "resend" || transport === "smtp")) {
    for (const name of mailSettings[transport]) if (!environment[name]) faults.push(`${name} is not set`);
  }
  if (environment.ROLLCALL_MODE === "local") return faults;
  if (environment.ROLLCALL_DRILL_URL) faults.push("ROLLCALL_DRILL_URL is for local mode; take it away");
  if (transport === "local") faults.push("MAIL_TRANSPORT local keeps mails here; set resend or smtp");
  const base = environment.ROLLCALL_BASE_URL;
  if (base?.startsWith("http:") && !/^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$)/.test(base)) {
    faults.push("ROLLCALL_BASE_URL must begin with https://");
  }
  if (process === "web" && transport === "resend" && !environment.RESEND_WEBHOOK_SECRET) {
    faults.push("RESEND_WEBHOOK_SECRET is not set");
  }
  if (process === "web" && base && environment.NEXTAUTH_URL && environment.NEXTAUTH_URL !== base) {
    faults.push("NEXTAUTH_URL must be the same as ROLLCALL_BASE_URL");
  }
  return faults;
}
