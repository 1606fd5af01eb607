import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

type Claims = Record<string, unknown>;
type Asked = { nonce: string; challenge: string; redirectUri: string };
/** What an id token is made of; a lie is told by changing it. */
export type Token = { header: Claims; claims: Claims; key: KeyObject };

/** How the provider misbehaves, an address each; what is null behaves. */
export type Faults = {
  configuration?: (honest: Claims) => unknown;
  keys?: (answer: ServerResponse) => void;
  token?: (answer: ServerResponse) => void;
  userinfo?: () => Claims;
  /** Changes the token before it is signed, or the signed one. */
  lie?: (token: Token) => Token;
  forge?: (signed: string) => string;
};

const clientId = "rollcall";
const clientSecret = "of-the-client";

/** An OpenID Connect provider of a few lines that tells the truth unless it is told otherwise. */
export class IdentityProvider {
  readonly clientId = clientId;
  readonly clientSecret = clientSecret;
  /** The paths that were asked for, in order. */
  readonly asked: string[] = [];
  issuer = "";
  #key = newKey();
  #faults: Faults = {};
  readonly #codes = new Map<string, Asked & { claims: Claims }>();
  readonly #server = createServer((request, answer) => this.#answer(request, answer));

  async start(): Promise<this> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    this.issuer = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  misbehave(as: Faults): void {
    this.#faults = as;
  }

  /** New keys; tokens signed with the old ones are no longer of this provider. Returns the old private key's name and it. */
  rotateKeys(): { kid: string; private: KeyObject } {
    const old = this.#key;
    this.#key = newKey();
    return old;
  }

  /** What the browser would bring back from `location`, once the person of these claims has signed in there. */
  answerTo(location: string, claims: Claims): Record<string, string> {
    const wish = new URL(location).searchParams;
    const code = randomBytes(16).toString("hex");
    const of = (name: string) => wish.get(name) ?? "";
    const asked = { nonce: of("nonce"), challenge: of("code_challenge"), redirectUri: of("redirect_uri") };
    this.#codes.set(code, { ...asked, claims });
    return { code, state: of("state") };
  }

  #answer(request: IncomingMessage, answer: ServerResponse): unknown {
    const path = new URL(request.url ?? "", "http://x").pathname;
    this.asked.push(path);
    const { keys, token, userinfo } = this.#faults;
    if (path === "/.well-known/openid-configuration") return json(answer, this.#configuration());
    if (path === "/keys") return keys ? keys(answer) : json(answer, { keys: [this.#key.jwk] });
    if (path === "/token") return token ? token(answer) : this.#exchange(request, answer);
    if (path === "/userinfo") return json(answer, userinfo?.() ?? {});
    return json(answer, {}, 404);
  }

  #configuration(): unknown {
    const honest = {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      userinfo_endpoint: `${this.issuer}/userinfo`,
      jwks_uri: `${this.issuer}/keys`,
      response_types_supported: ["code"],
      id_token_signing_alg_values_supported: ["RS256"],
    };
    return this.#faults.configuration ? this.#faults.configuration(honest) : honest;
  }

  async #exchange(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await text(request));
    const code = form.get("code") ?? "";
    const given = this.#codes.get(code);
    this.#codes.delete(code);
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
    if (request.headers.authorization !== basic) return json(answer, { error: "invalid_client" }, 401);
    const verifier = form.get("code_verifier") ?? "";
    const fits =
      given?.challenge === createHash("sha256").update(verifier).digest("base64url") &&
      given.redirectUri === form.get("redirect_uri");
    if (!given || !fits) return json(answer, { error: "invalid_grant" }, 400);
    json(answer, { access_token: "a", token_type: "Bearer", id_token: this.#idToken(given) });
  }

  #idToken({ nonce, claims }: { nonce: string; claims: Claims }): string {
    const now = Math.floor(Date.now() / 1000);
    const honest: Token = {
      header: { alg: "RS256", kid: this.#key.kid, typ: "JWT" },
      claims: { iss: this.issuer, aud: clientId, iat: now, exp: now + 60, nonce, ...claims },
      key: this.#key.private,
    };
    const signed = signedToken(this.#faults.lie ? this.#faults.lie(honest) : honest);
    return this.#faults.forge ? this.#faults.forge(signed) : signed;
  }
}

function signedToken({ header, claims, key }: Token): string {
  const body = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  return `${body}.${sign("sha256", Buffer.from(body), key).toString("base64url")}`;
}

export function newKey() {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const kid = randomBytes(8).toString("hex");
  return {
    private: privateKey,
    kid,
    jwk: { ...publicKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" },
  };
}

function json(answer: ServerResponse, body: unknown, status = 200): void {
  answer.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
