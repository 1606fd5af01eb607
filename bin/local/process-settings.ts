import type { Secrets } from "./load-secrets.ts";

/** `drillPort`: of the sample directory's door, where one is running. */
export type Place = {
  port: number;
  postgresPort: number;
  database: string;
  secrets: Secrets;
  drillPort?: number;
};

/** The environment of web and worker; without the owner's address, which only migrations and the sample data get. */
export function processSettings({
  port,
  postgresPort,
  database,
  secrets,
  drillPort,
}: Place): NodeJS.ProcessEnv {
  const url = `http://127.0.0.1:${port}`;
  return {
    ...withoutSettings(),
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    ROLLCALL_MODE: "local",
    ROLLCALL_BASE_URL: url,
    PORT: String(port),
    DATABASE_URL: roleUrl("rollcall_app", secrets.appPassword, postgresPort, database),
    WORKER_DATABASE_URL: roleUrl("rollcall_worker", secrets.workerPassword, postgresPort, database),
    NEXTAUTH_URL: url,
    NEXTAUTH_SECRET: secrets.nextAuthSecret,
    ROLLCALL_SECRET_KEYS: secrets.secretKeys,
    ROLLCALL_TOKEN_KEY: secrets.tokenKey,
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: secrets.actionsKey,
    MAIL_TRANSPORT: "local",
    // The sample directory and identity provider are on this machine.
    ROLLCALL_ALLOW_NETWORKS: "127.0.0.0/8, ::1",
    ...(drillPort ? drillSettings(drillPort, secrets.drillToken) : {}),
  };
}

/** By which the web makes the sample directory play an accident. */
export const drillSettings = (port: number, token: string): Record<string, string> => ({
  ROLLCALL_DRILL_URL: `http://127.0.0.1:${port}`,
  ROLLCALL_DRILL_TOKEN: token,
});

/** The same with the owner's address. */
export function ownerSettings(place: Place): NodeJS.ProcessEnv {
  const { secrets, postgresPort, database } = place;
  const owner = roleUrl("rollcall_owner", secrets.ownerPassword, postgresPort, database);
  return { ...processSettings(place), DATABASE_OWNER_URL: owner };
}

export function roleUrl(role: string, password: string, port: number, database: string): string {
  return `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;
}

/** The caller's environment without what would make local mode talk to somebody else's database or mail provider. */
export function withoutSettings(): NodeJS.ProcessEnv {
  const ours = /^(ROLLCALL_|NEXTAUTH_|RESEND_|SMTP_|MAIL_|PG[A-Z]|DATABASE_|WORKER_DATABASE_|AUTH_)/;
  const kept = Object.entries(process.env).filter(([name]) => !ours.test(name));
  return Object.fromEntries(kept) as NodeJS.ProcessEnv;
}
