// The package brings no types; this is what is used of it.
declare module "oidc-provider" {
  import type { IncomingMessage, ServerResponse } from "node:http";

  type Interaction = {
    uid: string;
    prompt: { name: string };
    params: Record<string, unknown>;
    session?: { accountId: string };
  };
  type Asked = { oidc: { result?: { login?: unknown } } };
  type Check = new (reason: string, description: string, needed: (asked: Asked) => boolean) => object;
  type Policy = { get(prompt: string): { checks: { add(check: object): void } } };
  export const interactionPolicy: { Check: Check; base(): Policy };
  export class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
    on(event: string, listener: (...args: unknown[]) => void): void;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>;
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: unknown,
      options?: unknown,
    ): Promise<void>;
    Grant: new (of: {
      accountId: string;
      clientId: string;
    }) => { addOIDCScope(scope: string): void; save(): Promise<string> };
    Client: { prototype: { redirectUriAllowed(uri: string): boolean } };
  }
}
