import { createHmac } from "node:crypto";
import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { provenClaims } from "#app/_web/sso-flow.ts";
import { type Faults, IdentityProvider, newKey, type Token } from "#tests/support/identity-provider.ts";
import { begun, flowOf, person, signIn } from "./sso-harness.ts";

let idp: IdentityProvider;

beforeEach(async () => {
  idp = await new IdentityProvider().start();
});

afterEach(() => idp.stop());

test("an honest provider's word is taken, with state, nonce and a challenge on the way", async () => {
  const flow = await flowOf(idp);
  const { location, cookies } = await begun(flow);
  const asked = Object.fromEntries(new URL(location).searchParams);
  expect(asked).toMatchObject({
    client_id: "rollcall",
    response_type: "code",
    scope: "openid email profile",
    code_challenge_method: "S256",
    redirect_uri: `http://127.0.0.1:3000/api/auth/callback/${flow.provider.id}`,
  });
  for (const name of ["state", "nonce", "code_challenge"]) expect(asked[name]?.length).toBeGreaterThan(20);
  expect(Object.values(cookies).join()).not.toContain(asked.state);
  expect(await provenClaims(flow, idp.answerTo(location, person), cookies)).toMatchObject(person);
});

test("an address and groups that the token lacks are asked for, and never put over what is signed", async () => {
  idp.misbehave({
    userinfo: () => ({
      sub: "s-1",
      email: "ada@acme.test",
      email_verified: true,
      groups: ["asked"],
      iss: "x",
    }),
  });
  expect(await signIn(idp, { sub: "s-1" })).toMatchObject({
    iss: idp.issuer,
    email: "ada@acme.test",
    email_verified: true,
    groups: ["asked"],
  });
  expect(await signIn(idp, { sub: "s-1", email: "eve@acme.test" })).toEqual(
    expect.not.objectContaining({ email_verified: true }),
  );
  expect(await signIn(idp, { ...person, groups: ["signed"] })).toMatchObject({ groups: ["signed"] });
});

test("what is asked about another person than the token's is refused", async () => {
  idp.misbehave({ userinfo: () => ({ sub: "s-2", email: "ada@acme.test", email_verified: true }) });
  expect(await signIn(idp, { sub: "s-1" })).toBeNull();
});

const lie = (change: (token: Token) => Partial<Token>): Faults => ({
  lie: (token) => ({ ...token, ...change(token) }),
});
const claiming = (claims: Record<string, unknown>) =>
  lie((token) => ({ claims: { ...token.claims, ...claims } }));
const seconds = () => Math.floor(Date.now() / 1000);
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("an id token proves nothing", () => {
  const lies: [string, () => Faults][] = [
    ["signed with a key that is not the provider's", () => lie(() => ({ key: newKey().private }))],
    [
      "whose key is unknown",
      () => lie((token) => ({ header: { ...token.header, kid: "other" }, key: newKey().private })),
    ],
    [
      "whose claims were changed after signing",
      () => ({
        forge: (signed) => {
          const [head, body = "", signature] = signed.split(".");
          const claims = JSON.parse(Buffer.from(body, "base64url").toString());
          return [head, part({ ...claims, email: "olivia.owner@acme.test" }), signature].join(".");
        },
      }),
    ],
    [
      "that is not signed at all",
      () => ({
        forge: (signed) => `${part({ alg: "none" })}.${signed.split(".")[1]}.`,
      }),
    ],
    [
      "signed with the client's secret",
      () => ({
        forge: (signed) => {
          const body = `${part({ alg: "HS256" })}.${signed.split(".")[1]}`;
          return `${body}.${createHmac("sha256", idp.clientSecret).update(body).digest("base64url")}`;
        },
      }),
    ],
    ["that is over", () => claiming({ iat: seconds() - 600, exp: seconds() - 300 })],
    ["without an end", () => claiming({ exp: undefined })],
    ["of the future", () => claiming({ nbf: seconds() + 600 })],
    ["made for another client", () => claiming({ aud: "another" })],
    [
      "made for this client and another, for the other to use",
      () => claiming({ aud: ["rollcall", "another"], azp: "another" }),
    ],
    ["of another issuer", () => claiming({ iss: "https://id.elsewhere.test" })],
    ["without a subject", () => claiming({ sub: undefined })],
    ["of another sign-in", () => claiming({ nonce: "0".repeat(43) })],
    ["of no sign-in", () => claiming({ nonce: undefined })],
    ["that is no token", () => ({ forge: () => "garbage" })],
    [
      "that is missing",
      () => ({ token: (answer) => answer.end('{"access_token":"a","token_type":"Bearer"}') }),
    ],
  ];

  test.each(lies)("%s", async (_, how) => {
    idp.misbehave(how());
    expect(await signIn(idp)).toBeNull();
    idp.misbehave({});
    expect(await signIn(idp)).not.toBeNull();
  });
});

describe("a provider is given up, in bounded time, that", () => {
  const endless = (answer: ServerResponse) => {
    const body = (function* () {
      yield '{"access_token":"';
      for (;;) yield "a".repeat(16_384);
    })();
    Readable.from(body).pipe(answer.writeHead(200, { "content-type": "application/json" }));
  };
  const faults: [string, Faults][] = [
    ["answers garbage for a token", { token: (answer) => answer.end("<html>") }],
    ["refuses the code", { token: (answer) => answer.writeHead(400).end('{"error":"<script>"}') }],
    ["never answers for a token", { token: () => {} }],
    ["sends a token without end", { token: endless }],
    ["redirects", { token: (answer) => answer.writeHead(307, { location: "/token" }).end() }],
    ["answers garbage for its keys", { keys: (answer) => answer.end("[") }],
    ["has no keys", { keys: (answer) => answer.end('{"keys":[]}') }],
    ["never answers for its keys", { keys: () => {} }],
    ["sends keys without end", { keys: endless }],
  ];

  test.each(faults)("%s", async (_, how) => {
    idp.misbehave(how);
    const began = performance.now();
    expect(await signIn(idp)).toBeNull();
    expect(performance.now() - began).toBeLessThan(8_000);
  });
});

describe("an answer is refused", () => {
  test("a second time: the code is spent, and a new token would be of another sign-in", async () => {
    const flow = await flowOf(idp);
    const { location, cookies } = await begun(flow);
    const answer = idp.answerTo(location, person);
    expect(await provenClaims(flow, answer, cookies)).not.toBeNull();
    expect(await provenClaims(flow, answer, cookies)).toBeNull();
    const again = await begun(flow);
    expect(
      await provenClaims(
        flow,
        { ...idp.answerTo(location, person), state: answer.state ?? "" },
        again.cookies,
      ),
    ).toBeNull();
  });

  test("with another sign-in's nonce, although state and code fit", async () => {
    const flow = await flowOf(idp);
    const [mine, theirs] = [await begun(flow), await begun(flow)];
    const cookies = { ...mine.cookies, "next-auth.nonce": theirs.cookies["next-auth.nonce"] };
    expect(await provenClaims(flow, idp.answerTo(mine.location, person), cookies)).toBeNull();
  });

  test("whose code was asked for by another browser", async () => {
    const flow = await flowOf(idp);
    const [mine, theirs] = [await begun(flow), await begun(flow)];
    const stolen = {
      ...idp.answerTo(theirs.location, person),
      state: new URL(mine.location).searchParams.get("state") ?? "",
    };
    expect(await provenClaims(flow, stolen, mine.cookies)).toBeNull();
  });

  test.each(["next-auth.state", "next-auth.nonce", "next-auth.pkce.code_verifier"])(
    "without %s, or with one of our own making",
    async (name) => {
      const flow = await flowOf(idp);
      const { location, cookies } = await begun(flow);
      const { [name]: _, ...others } = cookies;
      expect(await provenClaims(flow, idp.answerTo(location, person), others)).toBeNull();
      expect(
        await provenClaims(flow, idp.answerTo(location, person), { ...others, [name]: "made-up" }),
      ).toBeNull();
    },
  );

  test("without a state, or with another", async () => {
    const flow = await flowOf(idp);
    const { location, cookies } = await begun(flow);
    const { code = "" } = idp.answerTo(location, person);
    expect(await provenClaims(flow, { code }, cookies)).toBeNull();
    expect(await provenClaims(flow, { code, state: "x" }, cookies)).toBeNull();
  });

  test("at another connection's redirect URI, also with the same provider and client", async () => {
    const here = await flowOf(idp);
    const elsewhere = await flowOf(idp, "0190a000-0000-7000-8000-000000000002");
    const { location, cookies } = await begun(elsewhere);
    expect(await provenClaims(here, idp.answerTo(location, person), cookies)).toBeNull();
  });
});

test("a sign-in after the provider changed its keys works, and a token of the old keys does not", async () => {
  expect(await signIn(idp)).not.toBeNull();
  const flow = await flowOf(idp);
  const { location, cookies } = await begun(flow);
  const old = idp.rotateKeys();
  expect(await provenClaims(flow, idp.answerTo(location, person), cookies)).toMatchObject(person);
  idp.misbehave({
    lie: (token) => ({ ...token, header: { ...token.header, kid: old.kid }, key: old.private }),
  });
  expect(await signIn(idp)).toBeNull();
});
