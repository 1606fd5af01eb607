import type { Actor } from "./actor.ts";
import { type Operation, permissions } from "./permissions.ts";

/** One operation, or several of which one is enough. */
export type Asked = Operation | readonly Operation[];

export class NotAllowed extends Error {
  readonly operation: Asked;
  constructor(operation: Asked) {
    super(`not allowed: ${[operation].flat().join(", ")}`);
    this.operation = operation;
  }
}

export function isAllowed(actor: Actor, asked: Asked): boolean {
  return [asked].flat().some((operation) => mayDo(actor, operation));
}

function mayDo(actor: Actor, operation: Operation): boolean {
  if (actor.kind === "system") return true;
  const needed = permissions[operation];
  if (needed === "signed_in") return true;
  return needed === "any_admin" ? actor.isAdmin : actor.privileges.has(needed);
}

/** Throws NotAllowed; the first line of every operation. */
export function authorize(actor: Actor, asked: Asked): void {
  if (!isAllowed(actor, asked)) throw new NotAllowed(asked);
}
