import { addressFault } from "#lib/users/address-fault.ts";
import { dnKey } from "../dn-key.ts";
import type { DirectorySettings } from "../settings.ts";
import { isBelow } from "../sync/person-search.ts";
import { passed, type Step, stopped } from "./step.ts";

/** Whether an entry of this name is below the base. Pure. */
export function baseStep(key: string, { connection }: DirectorySettings): Step {
  if (!connection) return stopped("base", "No connection is defined, so nobody is looked for.");
  const { baseDn } = connection;
  return isBelow(key, new Set([dnKey(baseDn)]))
    ? passed("base", `Lies below the Base DN ${baseDn}.`)
    : stopped("base", `Lies outside of the Base DN ${baseDn}. Syncs look at nothing but what is below it.`);
}

/** Whether it is in a unit that people are taken from. Pure. */
export function unitStep(key: string, { units }: DirectorySettings): Step {
  if (units.take !== "specific") return passed("unit", "People of all units are taken.");
  const chosen = units.chosen.find((unit) => isBelow(key, new Set([dnKey(unit.dn)])));
  return chosen
    ? passed("unit", `Is in the chosen unit “${chosen.name}”.`)
    : stopped("unit", "Is in none of the chosen units, nor below one of them.");
}

/** What becomes of an address that somebody asks about. Pure. */
export function addressStep(text: string, domains: ReadonlySet<string>): Step {
  const fault = addressFault(text, domains);
  return fault
    ? stopped("address", `${fault.text} An entry that has it is brought without an address.`)
    : passed("address", "Can be an address of this account.");
}
