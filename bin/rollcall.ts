import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { readSettings, SettingsError } from "#lib/env/settings.ts";
import { accountCommands } from "./operator/account-commands.ts";
import { auditCommands } from "./operator/audit-commands.ts";
import { billingCommands } from "./operator/billing-commands.ts";
import { type Answer, type Command, Refused, WrongUsage } from "./operator/command.ts";
import { directoryCommands } from "./operator/directory-commands.ts";
import { keyCommands } from "./operator/key-commands.ts";
import { localSettings } from "./operator/local-settings.ts";
import { peopleCommands } from "./operator/people-commands.ts";
import { queueCommands } from "./operator/queue-commands.ts";

const commands: Record<string, Command> = {
  ...accountCommands,
  ...peopleCommands,
  ...billingCommands,
  ...directoryCommands,
  ...keyCommands,
  ...queueCommands,
  ...auditCommands,
};

const call = (name: string) => `npm run rollcall -- ${name} ${commands[name]?.takes ?? ""}`.trimEnd();

const usage = () =>
  [
    "The operator's tool.",
    "",
    ...Object.entries(commands).flatMap(([name, { about }]) => [`  ${call(name)}`, `      ${about}`]),
  ].join("\n");

async function main([name = "", ...args]: string[]): Promise<Answer> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Refused(usage());
  Object.assign(process.env, localSettings());
  const settings = readSettings("operator", process.env);
  openDatabase(settings.DATABASE_OWNER_URL, { max: 2, applicationName: "rollcall operator" });
  try {
    return await command.run(args, settings);
  } catch (error) {
    if (error instanceof WrongUsage) throw new Refused(`Usage: ${call(name)}`);
    throw error;
  }
}

try {
  const answer = await main(process.argv.slice(2));
  console.log(typeof answer === "string" ? answer : answer.text);
  if (typeof answer !== "string" && answer.failed) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof Refused || error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
