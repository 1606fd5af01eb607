import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartRefused } from "./start-refused.ts";

const makers = {
  superuserPassword: () => randomBytes(24).toString("hex"),
  ownerPassword: () => randomBytes(24).toString("hex"),
  appPassword: () => randomBytes(24).toString("hex"),
  workerPassword: () => randomBytes(24).toString("hex"),
  nextAuthSecret: () => randomBytes(32).toString("base64"),
  secretKeys: () => `local1:${randomBytes(32).toString("base64")}`,
  tokenKey: () => randomBytes(32).toString("base64"),
  sampleProviderSecret: () => randomBytes(24).toString("hex"),
  sampleReaderPassword: () => randomBytes(12).toString("hex"),
  drillToken: () => randomBytes(24).toString("hex"),
  actionsKey: () => randomBytes(32).toString("base64"),
};

export type Secrets = Record<keyof typeof makers, string>;

/** Fresh secrets, for one run of the tests or for a new data folder. */
export function makeSecrets(): Secrets {
  const made = Object.entries(makers).map(([name, make]) => [name, make()]);
  return Object.fromEntries(made) as Secrets;
}

/** The secrets of local mode: made once, kept beside the data they protect, readable by their owner only. */
export function loadSecrets(dataFolder: string): Secrets {
  const file = join(dataFolder, "secrets.json");
  if (!existsSync(file) && existsSync(join(dataFolder, "pg"))) {
    throw new StartRefused(
      `${file} is gone, and without it the database in ${join(dataFolder, "pg")} does not open.\n` +
        `Put the file back, or delete ${dataFolder} to begin again with fresh sample data.`,
    );
  }
  const kept: Partial<Secrets> = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const secrets = { ...makeSecrets(), ...kept };
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
}
