import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { ownerSettings, roleUrl } from "#bin/local/process-settings.ts";
import { type ClusterInfo, templateDatabase } from "./test-cluster.ts";

export type CopiedDatabase = {
  name: string;
  /** May change the schema; is under row-level security like everybody. */
  ownerUrl: string;
  appUrl: string;
  workerUrl: string;
  /** Skips row-level security: for looking at results only. */
  superUrl: string;
  /** The settings of web, worker and operator tools on this database, with the local mailbox. */
  environment: NodeJS.ProcessEnv;
  drop: () => Promise<void>;
};

/** Copies the migrated template, about 20 ms in memory. `webPort` goes into the base URL of the environment. */
export async function copyTemplate({ port, secrets }: ClusterInfo, webPort = 80): Promise<CopiedDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const admin = roleUrl("postgres", secrets.superuserPassword, port, "postgres");
  await statement(
    admin,
    `create database ${name} template ${templateDatabase} owner rollcall_owner strategy file_copy`,
  );
  return {
    name,
    ownerUrl: roleUrl("rollcall_owner", secrets.ownerPassword, port, name),
    appUrl: roleUrl("rollcall_app", secrets.appPassword, port, name),
    workerUrl: roleUrl("rollcall_worker", secrets.workerPassword, port, name),
    superUrl: roleUrl("postgres", secrets.superuserPassword, port, name),
    environment: ownerSettings({ port: webPort, postgresPort: port, database: name, secrets }),
    drop: () => statement(admin, `drop database ${name} with (force)`),
  };
}

async function statement(url: string, text: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(text);
  } finally {
    await sql.end();
  }
}
