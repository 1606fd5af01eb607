import type { Actor } from "./actor.ts";
import { type Operation, permissions } from "./permissions.ts";

export class NotAllowed extends Error {
  readonly operation: Operation;
  constructor(operation: Operation) {
    super(`not allowed: ${operation}`);
    this.operation = operation;
  }
}

export function isAllowed(actor: Actor, operation: Operation): boolean {
  if (actor.kind === "system") return true;
  const needed = permissions[operation];
  if (needed === "signed_in") return true;
  return needed === "any_admin" ? actor.isAdmin : actor.privileges.has(needed);
}

/** Throws NotAllowed; the first line of every operation. */
export function authorize(actor: Actor, operation: Operation): void {
  if (!isAllowed(actor, operation)) throw new NotAllowed(operation);
}
